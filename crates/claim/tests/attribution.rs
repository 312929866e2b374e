//! Who says what, over sentences, quotation marks and paragraphs.

use sayso_claim::attribution::{Attributor, Paragraph};
use sayso_codebook::Codebook;
use sayso_language::{Analyser, Spacy};

/// The attributions of a text as lines `source | cue | content [...]`, an inner one under its outer one's number.
fn read(text: &str) -> Vec<String> {
    let codebook = Codebook::bundled().expect("codebook");
    let analyser = Spacy::bundled().expect("model");
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split('\n') {
        lines.push((start, line));
        start += line.len() + 1;
    }
    let texts: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
    let analysed = analyser.analyse(&texts);
    let paragraphs: Vec<Paragraph<'_>> = lines
        .iter()
        .zip(&analysed)
        .map(|(&(start, text), sentences)| Paragraph {
            start,
            text,
            sentences,
        })
        .collect();
    Attributor::new(&codebook)
        .read(&paragraphs)
        .iter()
        .map(|a| {
            let source = a.source.map_or("-", |s| s.of(text));
            let content: Vec<&str> = a.content.iter().map(|c| c.of(text)).collect();
            let within = a.within.map_or(String::new(), |n| format!(" < {n}"));
            format!(
                "{source} | {} | {}{within}",
                a.cue.of(text),
                content.join(" ... ")
            )
        })
        .collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(read(text), expected, "{text}");
}

#[test]
fn a_speaker_stands_before_behind_or_inside() {
    check(
        "Officials in Ankara said that the drones had left.",
        &["Officials in Ankara | said | that the drones had left"],
    );
    check(
        "Iran may have given Venezuela the drawings of its Mohajer-2 drone, a Western intelligence service believes.",
        &[
            "a Western intelligence service | believes | Iran may have given Venezuela the drawings of its Mohajer-2 drone",
        ],
    );
    check(
        "According to a leaked report, the missiles were sold in May.",
        &["a leaked report | According to | the missiles were sold in May"],
    );
}

#[test]
fn a_quotation_runs_on_over_sentences_and_paragraphs() {
    check(
        "\"We need jobs,\" said John Smith, a farmer. \"They never come.\"\n\"They never come back.\"",
        &[
            "John Smith, a farmer | said | \"We need jobs,\" ... \"They never come.\" ... \"They never come back.\"",
        ],
    );
    check(
        "“Russia has bought the launchers. It will not sell them.” Smith said.",
        &["Smith | said | “Russia has bought the launchers. It will not sell them.”"],
    );
}

#[test]
fn what_is_said_inside_is_a_link_of_the_chain() {
    check(
        "Reuters reported that Kyiv believes the missiles were sold.",
        &[
            "Reuters | reported | that Kyiv believes the missiles were sold",
            "Kyiv | believes | the missiles were sold < 0",
        ],
    );
}

#[test]
fn nobody_named_has_no_source() {
    check(
        "The plant is expected to open in May.",
        &["- | is expected | The plant ... to open in May"],
    );
    check("The ship left the port on Monday.", &[]);
}

#[test]
fn a_verb_and_its_particle_or_object_say_it_together() {
    check(
        "The court struck down the law.",
        &["The court | struck down | the law"],
    );
    check("The law was struck down.", &[]);
    check(
        "The senator took aim at the treaty.",
        &["The senator | took aim at | the treaty"],
    );
}

#[test]
fn what_somebody_feels_is_theirs_wherever_they_stand() {
    check(
        "The plan angered the farmers.",
        &["the farmers | angered | The plan"],
    );
    check(
        "The plan drew criticism from the farmers.",
        &["the farmers | criticism | The plan"],
    );
    check(
        "Ministers criticised the company for selling engines to Iran.",
        &["Ministers | criticised | the company for selling engines to Iran"],
    );
}

#[test]
fn a_quotation_that_nobody_speaks_holds_what_is_said_in_it() {
    check(
        "\"I think that the ships will come back.\"",
        &[
            "- | \" | \"I think that the ships will come back.\"",
            "I | think | that the ships will come back < 0",
        ],
    );
}

#[test]
fn a_transcript_speaks_to_the_end_of_its_paragraph() {
    check(
        "SMITH: We bought the launchers. They never came.",
        &["SMITH | : | We bought the launchers. They never came."],
    );
}

#[test]
fn what_the_reader_is_told_to_do_is_no_attribution() {
    check("Remember the date.", &[]);
    check("You know the date.", &[]);
}
