//! Scratch.
#![allow(clippy::all, clippy::pedantic, clippy::restriction, missing_docs)]
use sayso_claim::Claimant;
use sayso_codebook::Codebook;
use sayso_gazetteer::Gazetteer;
use sayso_language::{Analyser, Spacy};
use std::io::BufRead;
type Tok = (String, String, String, usize);
fn show(t: &[Tok], i: usize, out: &mut String) {
    let kids: Vec<usize> = (0..t.len()).filter(|&j| j != i && t[j].3 == i).collect();
    let plain = kids.is_empty()
        && matches!(
            t[i].2.as_str(),
            "det"
                | "case"
                | "aux"
                | "aux:pass"
                | "punct"
                | "cc"
                | "mark"
                | "compound"
                | "amod"
                | "nummod"
                | "cop"
                | "compound:prt"
                | "nmod:poss"
        );
    if plain {
        out.push_str(&t[i].0);
        if t[i].2 == "compound" {
            out.push('_');
        }
        if t[i].2 == "amod" {
            out.push('\'');
        }
        out.push(' ');
        return;
    }
    out.push_str(&format!("[{} ", t[i].2));
    let mut all = kids.clone();
    all.push(i);
    all.sort();
    for j in all {
        if j == i {
            if kids.is_empty() {
                out.push_str(&t[i].0);
            } else {
                out.push_str(&format!("*{}", t[i].0));
            }
            if t[i].1.starts_with('V') || t[i].1 == "IN" {
                out.push_str(&format!("/{}", t[i].1));
            }
            out.push(' ');
        } else {
            show(t, j, out);
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out.push_str("] ");
}
fn main() {
    let codebook = Codebook::bundled().unwrap();
    let gazetteer = Gazetteer::bundled().unwrap();
    let spacy = Spacy::bundled().unwrap();
    let claimant = Claimant::new(&codebook, &gazetteer);
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        if line.trim().is_empty() {
            continue;
        }
        println!("# {line}");
        let sentences = spacy.analyse(&[line.as_str()]);
        for s in &sentences[0] {
            let mut outs = Vec::new();
            let raw: Vec<Tok> = s
                .tokens
                .iter()
                .map(|t| {
                    (
                        t.span.of(&line).to_string(),
                        t.tag.to_string(),
                        t.rel.to_string(),
                        t.head as usize,
                    )
                })
                .collect();
            let drawn = claimant.draw(&line, s);
            // mended: by the drawing, rel and head word; heads by index are not drawn, so use mend if there
            let mended: Vec<Tok> = claimant
                .mend(&line, s)
                .tokens
                .iter()
                .map(|t| {
                    (
                        t.span.of(&line).to_string(),
                        t.tag.to_string(),
                        t.rel.to_string(),
                        t.head as usize,
                    )
                })
                .collect();
            let _ = drawn;
            for t in [&raw, &mended] {
                let mut out = String::new();
                for r in (0..t.len()).filter(|&i| t[i].3 == i) {
                    show(t, r, &mut out);
                }
                outs.push(out);
            }
            println!("  {}", outs[0]);
            if outs[1] != outs[0] {
                println!("  M {}", outs[1]);
            }
            let names: Vec<String> = s
                .names
                .iter()
                .map(|n| {
                    format!(
                        "{}={}",
                        (n.span.start as usize..n.span.end as usize)
                            .map(|i| s.tokens[i].span.of(&line))
                            .collect::<Vec<_>>()
                            .join(" "),
                        n.label
                    )
                })
                .collect();
            println!("  N {}", names.join("; "));
        }
    }
}
