//! What a finding states, as a clause that a sentence can be made of.

use sayso_codebook::Codebook;
use sayso_corroborate::findings::Finding;

/// What a finding states as a clause, as its kind says it: `Iran makes drones in Belarus`. `plain` makes text of strangers harmless where it is written.
/// `None`: of its kind only the fields can be told.
pub fn clause(codebook: &Codebook, finding: &Finding, plain: fn(&str) -> String) -> Option<String> {
    // Nothing is said to be further along than anybody reports.
    let status = finding.status.as_ref().map(|(_, high)| high.as_str());
    let proposition = &finding.proposition;
    codebook.kind(&proposition.kind)?.clause(status, &|role| {
        let names = proposition.role(role);
        let named = names.map(|term| match term.is.key.starts_with("item:") {
            // A sort of thing: `drone` for drones.
            true => many(&plain(&term.is.name)),
            false => plain(&term.is.name),
        });
        named.collect()
    })
}

/// The plural of a sort of thing, as far as endings tell.
fn many(name: &str) -> String {
    match name.as_bytes() {
        [.., b's' | b'x'] => name.to_owned(),
        [.., before, b'y'] if !b"aeiou".contains(before) => {
            format!("{}ies", &name[..name.len() - 1])
        }
        _ if name.ends_with("ammunition")
            || name.ends_with("software")
            || name.ends_with("equipment")
            || name.ends_with("craft") =>
        {
            name.to_owned()
        }
        _ => format!("{name}s"),
    }
}
