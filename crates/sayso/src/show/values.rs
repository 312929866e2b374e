use std::io::{self, Write};

use sayso_corroborate::findings::{TIME, Value};

use super::{Screen, Tone, clean, entity::text};

/// Reasons shown for one value.
const REASONS: usize = 8;

/// Numbers and times that are not the same everywhere, with how the votes fell and why.
pub(super) fn values(out: &mut dyn Write, screen: Screen, values: &[Value]) -> io::Result<()> {
    let mut unit = None;
    for value in values {
        let rivals = values.iter().filter(|other| other.unit == value.unit);
        if rivals.count() < 2 {
            continue;
        }
        if unit != Some(&value.unit) {
            let what = match value.unit.as_str() {
                TIME => "WHEN".to_owned(),
                "" => "HOW MANY".to_owned(),
                unit => format!("HOW MANY: {}", clean(unit)),
            };
            writeln!(out)?;
            let title = format!("{what} (one vote an origin)");
            text(out, screen, Tone::Kind, "", &title)?;
            unit = Some(&value.unit);
        }
        let lead = match value.weight > 0.0 {
            true => format!("{:>5.0} %  ", value.weight * 100.0),
            false => "   none  ".to_owned(),
        };
        let mut words = clean(&value.text);
        if let Some((first, last)) = &value.days {
            words += &match first == last {
                true => format!(" ({})", clean(first)),
                false => format!(" ({} to {})", clean(first), clean(last)),
            };
        }
        text(out, screen, Tone::Strong, &lead, &words)?;
        for reason in value.reasons.iter().take(REASONS) {
            text(out, screen, Tone::Quiet, "         ", &clean(reason))?;
        }
        if value.reasons.len() > REASONS {
            let more = format!("and {} more", value.reasons.len() - REASONS);
            text(out, screen, Tone::Quiet, "         ", &more)?;
        }
    }
    Ok(())
}
