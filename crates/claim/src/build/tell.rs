//! What a claim says besides its roles: how far the thing has come, who says it, and which rules read it.

use sayso_codebook::Kind;
use sayso_records::{Attribution, EntityType, Reason, Upos};
use smol_str::SmolStr;

use crate::{
    context::{self, Context},
    draft::Draft,
    frame::Frame,
    here::Here,
};

pub(super) fn status(
    kind: &Kind,
    draft: &Draft,
    frame: &Frame<'_>,
    context: &Context,
) -> Option<SmolStr> {
    if kind.ladder.is_empty() {
        return None;
    }
    let pattern = &kind.patterns[draft.pattern];
    let tree = frame.phrases.tree;
    let own = tree.form(draft.trigger);
    let mut form = context.brought.unwrap_or(own).as_str();
    // "accused of shipping", "sanctioned for supplying": it was done
    if form == "progressive"
        && tree.child(draft.trigger, &["aux", "aux:pass"]).is_none()
        && matches!(tree.case(draft.trigger).as_str(), "of" | "for" | "after")
    {
        form = "past";
    }
    if let Some(stage) = &context.stage {
        let side = pattern.side.as_deref().unwrap_or("");
        let sided = format!("{stage}/{side}");
        if let Some(status) = kind.stages.get(&sided).or_else(|| kind.stages.get(stage)) {
            return Some(status.as_str().into());
        }
    }
    if form == "modal" {
        let given = pattern.status.get(form).or_else(|| kind.status.get(form));
        return given.map(|s| s.as_str().into());
    }
    // What is still to come is not what the verb alone would say ("will break ground").
    let ahead = matches!(form, "future" | "infinitive");
    pattern
        .status
        .get(form)
        .or_else(|| kind.status.get(form).filter(|_| ahead))
        .or_else(|| pattern.status.get("default"))
        .or_else(|| kind.status.get(form))
        .or_else(|| kind.status.get("default"))
        .map(|s| s.as_str().into())
}

pub(super) fn sources(here: &Here<'_>, trigger: usize, context: &Context) -> Vec<Attribution> {
    let tree = here.frame.phrases.tree;
    let at = tree.token(trigger).span;
    let beyond = here.frame.beyond.iter().rev();
    let mut out: Vec<Attribution> = beyond
        .filter(|b| b.content.iter().any(|c| c.contains(at)))
        .flat_map(|b| b.sources.clone())
        .collect();
    for said in context.said.iter().rev() {
        match said.source {
            Some(token) => out.extend(speakers(here.frame, here.offset, token, said.cue)),
            None => {
                let cue = tree.word(said.cue).to_owned();
                out.push(Attribution {
                    text: cue.clone(),
                    span: here.span(said.cue, said.cue),
                    name: "unnamed".to_owned(),
                    entity: None,
                    kind: EntityType::Other,
                    unnamed: true,
                    cue,
                });
            }
        }
    }
    // A hearsay marker adds nothing where somebody is named.
    if out.iter().any(|a| a.name != "unnamed") {
        out.retain(|a| a.name != "unnamed");
    }
    out.dedup_by(|a, b| a.name == b.name);
    out
}

/// The source at `token` and those joined to it, in a paragraph that starts at byte `offset` of the report.
pub(crate) fn speakers(
    frame: &Frame<'_>,
    offset: usize,
    token: usize,
    cue: usize,
) -> Vec<Attribution> {
    let phrases = frame.phrases;
    let tree = phrases.tree;
    let mut out = Vec::new();
    for (n, token) in tree.coordinated(token).into_iter().enumerate() {
        if n > 0 && !phrases.actor(token) {
            continue;
        }
        let filler = phrases.filler(token, false);
        let pronoun = tree.upos(token) == Upos::Pron;
        out.push(Attribution {
            span: filler.span.shift(offset),
            unnamed: pronoun && phrases.stands_for(token).is_none()
                || context::unnamed(phrases, token),
            kind: if context::unnamed(phrases, token) {
                EntityType::Person
            } else {
                filler.kind
            },
            text: filler.text,
            name: filler.name,
            entity: filler.entity,
            cue: tree.word(cue).to_owned(),
        });
    }
    out
}

pub(super) fn explanation(
    kind: &Kind,
    draft: &Draft,
    frame: &Frame<'_>,
    context: &Context,
    status: Option<&str>,
) -> Vec<Reason> {
    let tree = frame.phrases.tree;
    let pattern = &kind.patterns[draft.pattern];
    let rule = format!("{}#{}", kind.file, pattern.name);
    let trigger = tree.word(draft.trigger).to_owned();
    let mut out = vec![Reason {
        field: "kind".into(),
        rule: rule.clone(),
        words: trigger.clone(),
    }];
    for (role, path) in &draft.by {
        out.push(Reason {
            field: format!("roles.{role}").into(),
            rule: format!("{rule} {path}"),
            words: String::new(),
        });
    }
    if status.is_some() && context.stage.is_none() {
        out.push(Reason {
            field: "status".into(),
            rule: format!("{rule} {}", tree.form(draft.trigger).as_str()),
            words: trigger,
        });
    }
    out.extend(context.reasons.iter().cloned());
    out
}
