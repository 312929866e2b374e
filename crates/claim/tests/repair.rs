//! What the reader mends of the parser's trees: a sentence, and the relations it must have once mended.

use std::collections::BTreeSet;

use sayso_claim::Claimant;
use sayso_codebook::Codebook;
use sayso_gazetteer::Gazetteer;
use sayso_language::{Analyser, Spacy};

/// Each relation as `word relation head`; `-` is over the root.
const MENDED: &[(&str, &[&str])] = &[
    // A participle behind its noun, and not the main verb
    (
        "Rifles trafficked from the United States ended up with gangs in Port-au-Prince.",
        &[
            "ended root -",
            "Rifles nsubj ended",
            "trafficked acl Rifles",
        ],
    ),
    (
        "Rockets supplied to Armenia by India were tested in June.",
        &[
            "tested root -",
            "Rockets nsubj:pass tested",
            "India obl:agent supplied",
        ],
    ),
    (
        "Czech technicians seconded to the repair shop in Kramatorsk have so far overhauled more than 60 tanks.",
        &["technicians nsubj overhauled", "seconded acl technicians"],
    ),
    (
        "The drones Russia uses are built in Yelabuga.",
        &["built root -", "uses acl:relcl drones", "Russia nsubj uses"],
    ),
    (
        "Weapons experts say bombs dropped on Gaza were made by Boeing.",
        &["bombs nsubj:pass made", "dropped acl bombs"],
    ),
    // Money is no verb
    (
        "Hanwha's sales tripled to 11 trillion won on the strength of its howitzers.",
        &["tripled root -", "sales nsubj tripled"],
    ),
    // The object of a relative clause, taken for the subject of the main verb
    (
        "An unlicensed workshop in Darra Adam Khel that turned out copies of the Glock was shut down by police in July.",
        &[
            "shut root -",
            "workshop nsubj:pass shut",
            "copies obj turned",
        ],
    ),
    // Sentences that are left without a verb
    (
        "Trucks carrying arms for the rebels crossed from Libya into Sudan.",
        &[
            "crossed root -",
            "Trucks nsubj crossed",
            "Sudan obl crossed",
        ],
    ),
    (
        "The plant manufactures engines, gearboxes and tracks for the T-72 tank.",
        &[
            "manufactures root -",
            "plant nsubj manufactures",
            "engines obj manufactures",
        ],
    ),
    (
        "Zastava Arms, based in Kragujevac, exports rifles to the United States.",
        &[
            "Arms nsubj exports",
            "rifles obj exports",
            "States obl exports",
        ],
    ),
    (
        "EMCO, a Bulgarian arms maker owned by Emilian Gebrev, supplied shells to Kyiv.",
        &[
            "EMCO nsubj supplied",
            "shells obj supplied",
            "Kyiv obl supplied",
        ],
    ),
    // Nouns and verbs taken for one another
    (
        "Brazil's Embraer sold C-390 Millennium transports to Portugal, Hungary and the Netherlands.",
        &["transports obj sold", "Millennium compound transports"],
    ),
    (
        "Thailand signed for four Gripen E fighters in Linköping on Monday.",
        &["Linköping nmod fighters", "Monday obl signed"],
    ),
    (
        "The court ruled that the state may no longer license exports of F-35 parts to Israel.",
        &["state nsubj license", "exports obj license"],
    ),
    (
        "Rostec subsidises the loss-making Kurganmashzavod to the tune of 4 billion roubles a year.",
        &["Rostec nsubj subsidises", "Kurganmashzavod obj subsidises"],
    ),
    (
        "The two services stopped 41 consignments of milling machines for Russia.",
        &["machines nmod consignments"],
    ),
    (
        "Iran ships missiles to Russia via Caspian, US officials say.",
        &["Iran nsubj ships", "missiles obj ships", "Russia obl ships"],
    ),
    (
        "Bulgaria re-exported shells bought from India to Ukraine.",
        &[
            "exported root -",
            "Bulgaria nsubj exported",
            "shells obj exported",
        ],
    ),
    (
        "Poland said South Korea had sold it tanks worth $6 billion.",
        &["it iobj sold", "tanks obj sold"],
    ),
    // Who says it
    (
        "Warsaw's defence outlays will swell to 4.8 percent of GDP next year, the finance ministry projects.",
        &["projects parataxis swell", "ministry nsubj projects"],
    ),
    (
        "Mali pays Russia's Africa Corps about $10 million a month, investigators at The Sentry estimate.",
        &["investigators nsubj estimate"],
    ),
    (
        "The UN panel, in its latest report, says Jordan sold six patrol boats to Libya.",
        &[
            "says root -",
            "panel nsubj says",
            "sold ccomp says",
            "Jordan nsubj sold",
        ],
    ),
    (
        "In 2021 Ethiopia used Turkish TB2 drones against Tigrayan forces, a researcher at PAX has documented, and killed dozens of villagers besides.",
        &[
            "drones obj used",
            "documented parataxis used",
            "killed conj used",
        ],
    ),
    // Relative clauses
    (
        "Germany has already paid KNDS for the 54 wheeled howitzers that the company is building for Kyiv in Kassel.",
        &["building acl:relcl howitzers", "that obj building"],
    ),
    (
        "It was Turkey that supplied the drones to Azerbaijan.",
        &["supplied acl:relcl Turkey"],
    ),
    // What is joined to what
    (
        "The air force bought radars from Israel and jet trainers from the Czech Republic.",
        &[
            "trainers conj radars",
            "Israel nmod radars",
            "Republic nmod trainers",
        ],
    ),
    (
        "Mali received Su-25 jets from Russia and Bayraktar drones from Turkey.",
        &["drones conj jets", "Russia nmod jets", "Turkey nmod drones"],
    ),
    (
        "Serbia has bought missiles from China and drones from Israel and Iran.",
        &[
            "drones conj missiles",
            "China nmod missiles",
            "Israel nmod drones",
        ],
    ),
    (
        "Mali has turned to Turkey for armed drones and to Russia for helicopters.",
        &[
            "Russia conj Turkey",
            "helicopters nmod Russia",
            "drones obl turned",
        ],
    ),
    (
        "Caracas has asked Moscow for medium-range missiles and for spare parts for its Su-30 fighters.",
        &["parts conj missiles", "fighters nmod parts"],
    ),
    (
        "Iran sold boats to Sudan, drones to Ethiopia and rockets to Syria.",
        &[
            "drones conj boats",
            "rockets conj boats",
            "Sudan nmod boats",
            "Syria nmod rockets",
        ],
    ),
    (
        "Poland's and Estonia's orders for K9 howitzers were confirmed.",
        &["Poland nmod:poss orders", "Estonia conj Poland"],
    ),
    (
        "Saab's Brazilian partner Embraer assembles Gripen fighters in Gavião Peixoto.",
        &["partner nsubj assembles", "Embraer appos partner"],
    ),
    (
        "Peru's state yard will build a frigate, an ocean patrol vessel and two landing craft in Callao.",
        &["vessel conj frigate", "craft conj frigate"],
    ),
    // What belongs to which noun
    (
        "Argentina took delivery of the first six of 24 F-16 fighters bought from Denmark.",
        &["six nmod delivery", "fighters nmod six"],
    ),
    (
        "The navy took possession of the minehunter Oostende from Naval Group in December.",
        &["Group nmod possession", "Oostende nmod possession"],
    ),
    (
        "The sale to Taiwan of HIMARS launchers was approved by the State Department.",
        &["Taiwan nmod sale", "launchers nmod sale"],
    ),
    (
        "Requests from Kyiv for Taurus missiles were rejected.",
        &["from case Kyiv", "for case missiles"],
    ),
    // Who says it
    (
        "Turkey, a UN panel reckons, has shipped 300 armoured vehicles to Libya.",
        &["panel nsubj reckons", "reckons parataxis shipped"],
    ),
    (
        "Madagascar received four patrol boats, an annex to the budget shows, from a yard in Dubai.",
        &["annex nsubj shows", "budget nmod annex"],
    ),
    (
        "Serbia sold 12 mortars to Chad, a customs form shows, and two howitzers to Niger.",
        &["form nsubj shows", "howitzers conj mortars"],
    ),
    (
        "Sales of drones to Ethiopia by Turkish firms tripled in 2022, figures published by the statistics office show.",
        &[
            "show root -",
            "figures nsubj show",
            "tripled ccomp show",
            "office obl:agent published",
        ],
    ),
    (
        "Egypt has backed out of a deal to buy Su-35 fighters, diplomats in Cairo say, and blames American pressure.",
        &["blames conj backed"],
    ),
    (
        "Colombian gunmen, most of them retired, have been drilling recruits near Nyala, La Silla Vacía reported.",
        &["gunmen nsubj drilling"],
    ),
    // A time between the verb and its auxiliary
    (
        "Poland's army has since January been receiving K2 tanks from Hyundai Rotem.",
        &["January obl receiving", "army nsubj receiving"],
    ),
    // Lists whose parts hang elsewhere
    (
        "The Zambian air force operates six K-8 trainers bought from China, five Hermes drones delivered by Elbit in 2019 and, since last year, two C-27J transports that came from Italy.",
        &[
            "operates root -",
            "drones conj trainers",
            "transports conj trainers",
        ],
    ),
    (
        "The ministry has ordered 60 Boxer carriers, 24 howitzers from KNDS and, for the navy, two frigates.",
        &["howitzers conj carriers", "frigates conj carriers"],
    ),
    (
        "Bulgaria plans to sell armoured vehicles to Uganda and, from next year, mortar rounds to Togo.",
        &["rounds conj vehicles", "Togo nmod rounds"],
    ),
];

#[test]
fn trees_are_mended() {
    let codebook = Codebook::bundled().expect("codebook");
    let gazetteer = Gazetteer::bundled().expect("gazetteer");
    let analyser = Spacy::bundled().expect("model");
    let claimant = Claimant::new(&codebook, &gazetteer);
    let mut wrong = String::new();
    for (text, relations) in MENDED {
        let analysed = analyser.analyse(&[text]);
        let drawn: String = analysed[0].iter().map(|s| claimant.draw(text, s)).collect();
        let found: BTreeSet<String> = drawn.lines().filter_map(relation).collect();
        for relation in *relations {
            if !found.contains(*relation) {
                wrong.push_str(&format!("{text}\n  missing: {relation}\n{drawn}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// `word relation head` of a line of the drawing: index, word, lemma, tag, relation, head.
fn relation(line: &str) -> Option<String> {
    let mut words = line.split_whitespace().skip(1);
    let word = words.next()?;
    let relation = words.nth(2)?;
    Some(format!("{word} {relation} {}", words.next()?))
}
