//! What is judged at the desk: a form or a program's question becomes an act.

use std::sync::Arc;

use axum::{
    Extension, Form as Fields, Router,
    extract::{State, rejection::FormRejection},
    http::Uri,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use sayso_records::{
    Act, ClaimId, Correction, Credibility, EntityKey, FindingId, JudgementId, Pair, Reliability,
    Stated,
};
use serde::{Deserialize, Serialize};
use utoipa::{ToSchema, openapi::HttpMethod};

use crate::{
    Desk, Kept, Look, Told, Trouble,
    access::{Visitor, same},
    correcting::Asked,
    frame::Here,
    look::one,
    openapi::{self, Described},
    page::{Form, Route, wrong},
};

/// What a form that judges holds.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
struct Judging {
    /// As it stands in the forms of this session.
    token: String,
    /// `accept`, `reject`, `unsure`, `correct`, `same`, `differ`, `same_origin`, `differ_origin`, `grade`, `grade_source` or `undo`. Of several the last counts,
    /// as a form has one of its own and a button may add another.
    act: String,
    /// What it is about: the id of a claim, a finding, a judgement, or the key of an entity.
    a: String,
    /// The other one of a pair.
    b: String,
    /// 1 to 6 for a finding, A to F for a source.
    grade: String,
    /// Of a claim that is corrected, which field: `status`, `place`, `certainty`, `polarity` or a role.
    field: String,
    /// What that is: a word, a name or an id. Empty: nothing fills it.
    value: String,
    /// The reason.
    why: String,
    /// Where a browser goes on.
    back: String,
}

/// What a program is told.
#[derive(Serialize, ToSchema)]
pub(crate) struct Done {
    /// The judgement's id. Null: nothing was to be done.
    pub(crate) judgement: Option<String>,
    /// What was done, in words.
    pub(crate) message: String,
}

pub(crate) fn route() -> Route {
    let mut described = Described::default();
    described.schema::<Judging>();
    described.schema::<Done>();
    let what = "Adds a judgement. The token stands in the forms of every page.";
    let json = Form::Json;
    described.path(
        "/judge.json",
        HttpMethod::Post,
        openapi::operation("/judge", json.ending(), what)
            .request_body(Some(openapi::form(&Judging::name())))
            .responses(openapi::responses(
                "What was done.",
                json.media(),
                openapi::of_type(&Done::name()),
            )),
    );
    Route {
        router: Router::new().route("/judge", post(judge)),
        described,
    }
}

async fn judge(
    State(desk): State<Arc<Desk>>,
    Extension(form): Extension<Form>,
    Extension(visitor): Extension<Visitor>,
    uri: Uri,
    fields: Result<Fields<Vec<(String, String)>>, FormRejection>,
) -> Response {
    let here = Here::of(&desk, &uri, visitor.clone());
    let fields = match fields {
        Ok(Fields(fields)) => read(fields),
        Err(error) => return wrong(&Trouble::Asked(error.body_text()), form, &here),
    };
    let back = way_back(&fields.back);
    let done = tokio::task::spawn_blocking(move || {
        judged(&desk, &visitor, &fields).map(|told| (desk.tell(told.clone()), told))
    })
    .await;
    match done {
        Ok(Ok((_, told))) if form == Form::Json => axum::Json(Done {
            judgement: told.judgement,
            message: told.words,
        })
        .into_response(),
        Ok(Ok((id, _))) => Redirect::to(&with_done(&back, &id)).into_response(),
        Ok(Err(trouble)) => wrong(&trouble, form, &here),
        Err(_) => wrong(&Trouble::Defect, form, &here),
    }
}

/// The last field of a name counts: a button's own comes after the hidden one.
fn read(fields: Vec<(String, String)>) -> Judging {
    let mut out = Judging::default();
    for (name, value) in fields {
        match name.as_str() {
            "token" => out.token = value,
            "act" => out.act = value,
            "a" => out.a = value,
            "b" => out.b = value,
            "grade" => out.grade = value,
            "field" => out.field = value,
            "value" => out.value = value,
            "why" => out.why = value,
            "back" => out.back = value,
            _ => {}
        }
    }
    out
}

/// A path on this desk, whatever was sent.
pub(crate) fn way_back(back: &str) -> String {
    let own = back.starts_with('/')
        && !back.starts_with("//")
        && !back.contains(['\\', '\r', '\n', '\0'])
        && back.chars().all(|c| c.is_ascii_graphic());
    match own {
        true => back.to_owned(),
        false => "/review".to_owned(),
    }
}

/// The same address with the message that is to be shown there.
fn with_done(back: &str, id: &str) -> String {
    let (path, fragment) = match back.split_once('#') {
        Some((path, fragment)) => (path, format!("#{fragment}")),
        None => (back, String::new()),
    };
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("done="));
    let mut pairs: Vec<String> = kept.map(str::to_owned).collect();
    pairs.push(format!("done={id}"));
    format!("{path}?{}{fragment}", pairs.join("&"))
}

fn judged(desk: &Desk, visitor: &Visitor, fields: &Judging) -> Result<Told, Trouble> {
    if !same(&fields.token, &visitor.token) {
        return Err(Trouble::Forbidden(
            "the form is not of this session: go back, load the page again and send it once more"
                .to_owned(),
        ));
    }
    if !visitor.may_judge() {
        return Err(Trouble::Forbidden(format!(
            "{} may look, and not judge",
            visitor.name
        )));
    }
    let act = desk.look(|look| act(look, fields))?;
    if act.wants_why() && fields.why.trim().is_empty() {
        return Err(Trouble::Asked(
            "say why: this judgement wants a reason".to_owned(),
        ));
    }
    let can_undo = !matches!(act, Act::Undo(_));
    let words = crate::labels::Labels::new(&desk.gazetteer).act(&act);
    let told = match desk.judge(act, &visitor.name, fields.why.trim())? {
        Kept::Added(id) => Told {
            words,
            judgement: Some(id.0),
            can_undo,
        },
        Kept::There(why) => Told {
            words: format!("{words}: {why}"),
            judgement: None,
            can_undo: false,
        },
    };
    desk.audit(&visitor.name, "judged", &told.words)?;
    Ok(told)
}

fn act(look: &Look<'_>, fields: &Judging) -> Result<Act, Trouble> {
    let claim = |id: &str| -> Result<ClaimId, Trouble> {
        Ok(one(look.ledger.claim(id.trim())?, "claim", id)?.claim.id)
    };
    let finding = |id: &str| -> Result<FindingId, Trouble> {
        Ok(FindingId(look.finding(id.trim())?.anchor()))
    };
    Ok(match fields.act.as_str() {
        "accept" => Act::Accept(claim(&fields.a)?),
        "reject" => Act::Reject(claim(&fields.a)?),
        "unsure" => Act::Unsure(claim(&fields.a)?),
        "correct" => correct(look, fields)?,
        "same" => Act::Same(pair(look, fields)?),
        "differ" => Act::Differ(pair(look, fields)?),
        "same_origin" => Act::Same(Pair::Origins(claim(&fields.a)?, claim(&fields.b)?)),
        "differ_origin" => Act::Differ(Pair::Origins(claim(&fields.a)?, claim(&fields.b)?)),
        "grade" => {
            let grade = fields.grade.trim().parse().ok().and_then(Credibility::new);
            let grade = grade.ok_or_else(|| {
                Trouble::Asked(format!("a finding is graded 1 to 6, not {}", fields.grade))
            })?;
            Act::Credibility(finding(&fields.a)?, grade)
        }
        "grade_source" => {
            let grade = Reliability::parse(fields.grade.trim()).ok_or_else(|| {
                Trouble::Asked(format!("a source is graded A to F, not {}", fields.grade))
            })?;
            Act::Reliability(key(&fields.a)?, grade)
        }
        "undo" => Act::Undo(JudgementId(fields.a.trim().to_owned())),
        other => {
            return Err(Trouble::Asked(format!(
                "act is accept, reject, unsure, correct, same, differ, same_origin, differ_origin, grade, grade_source or undo, not {other}"
            )));
        }
    })
}

fn correct(look: &Look<'_>, fields: &Judging) -> Result<Act, Trouble> {
    let claim = one(look.ledger.claim(fields.a.trim())?, "claim", &fields.a)?.claim;
    let asked = Asked::of(
        (&look.desk.codebook, &look.desk.gazetteer),
        &claim.kind,
        &fields.field,
        &fields.value,
    );
    let correction = match asked.map_err(|error| Trouble::Asked(error.to_string()))? {
        Asked::Is(correction) => correction,
        Asked::Named { field, name } => {
            let keys = crate::meant::keys(&look.desk.gazetteer, &name);
            let labels = crate::labels::Labels::new(&look.desk.gazetteer);
            let [key] = keys.as_slice() else {
                let all = keys.iter().map(|key| labels.key(key.as_str()));
                return Err(Trouble::Asked(format!(
                    "{name} can mean several things, write the id of one: {}",
                    all.collect::<Vec<_>>().join("; ")
                )));
            };
            let words = match key.as_str().starts_with("name:") {
                true => name,
                false => labels.name(key.as_str()),
            };
            Correction {
                field,
                key: Some(key.clone()),
                words,
            }
        }
    };
    Ok(Act::Correct(claim.id, correction))
}

fn key(text: &str) -> Result<EntityKey, Trouble> {
    EntityKey::parse(text.trim())
        .ok_or_else(|| Trouble::Asked(format!("{text} is no id of an entity")))
}

/// What is compared: entities by their keys, or claims and findings by their ids.
fn pair(look: &Look<'_>, fields: &Judging) -> Result<Pair, Trouble> {
    if let (Some(a), Some(b)) = (
        EntityKey::parse(fields.a.trim()),
        EntityKey::parse(fields.b.trim()),
    ) {
        return Ok(Pair::Entities(a, b));
    }
    let stated = |text: &str| -> Result<Stated, Trouble> {
        if let sayso_ledger::Matched::One(stored) = look.ledger.claim(text)? {
            return Ok(Stated::Claim(stored.claim.id));
        }
        Ok(Stated::Finding(FindingId(look.finding(text)?.anchor())))
    };
    Ok(Pair::Propositions(
        stated(fields.a.trim())?,
        stated(fields.b.trim())?,
    ))
}

#[cfg(test)]
mod tests {
    use super::{way_back, with_done};

    #[test]
    fn the_way_back_is_here() {
        for (sent, back) in [
            ("/finding/ab?x=1#claims", "/finding/ab?x=1#claims"),
            ("", "/review"),
            ("//evil.example/", "/review"),
            ("https://evil.example/", "/review"),
            ("/\\evil.example", "/review"),
            ("/a\r\nSet-Cookie: x", "/review"),
            ("javascript:alert(1)", "/review"),
        ] {
            assert_eq!(way_back(sent), back, "{sent:?}");
        }
    }

    #[test]
    fn the_message_goes_before_the_fragment() {
        assert_eq!(with_done("/a?done=1&b=2#c", "9"), "/a?b=2&done=9#c");
        assert_eq!(with_done("/a", "9"), "/a?done=9");
    }
}
