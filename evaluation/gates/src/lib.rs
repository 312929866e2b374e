//! Quality gates: what is measured, on which set, and the figure below which a change is refused.
//!
//! A gate is a module here with one `measure`; its floors stand in `evaluation/floors.toml`. `cargo test -p sayso-gates` holds every
//! gate to its floors and says which sets are missing; `cargo run -p sayso-gates -- [NAME…] [--worst N]` shows the tables.

mod agreement;
mod attribution;
mod distortion;
mod factuality;
mod fnc;
mod geo;
mod gold;
mod meantime;
mod name_bench;
mod names;
mod origins;
pub mod planted;
mod random;
mod tables;
mod texts;
mod time;
mod truth;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use sayso_codebook::Codebook;
use sayso_gazetteer::Gazetteer;
use sayso_language::Spacy;
use serde::Deserialize;

/// What can go wrong while measuring: a set that cannot be read, with its file.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// What every gate measures with: the rule books and the model that the binary carries.
pub struct Tools {
    /// The codebook built in.
    pub codebook: Codebook,
    /// The gazetteer built in.
    pub gazetteer: Gazetteer,
    /// The model built in.
    pub analyser: Spacy,
    /// Whether the worst cases come with their trees.
    pub trees: bool,
    /// Whether the training half of a set is measured, to look at its errors.
    pub train: bool,
    /// Where a gate that is judged by reading writes what to read. `None`: nowhere.
    pub sample: Option<PathBuf>,
}

impl Tools {
    /// What is built in; with a folder, the codebook there instead.
    pub fn open(codebook: Option<&Path>, trees: bool) -> Result<Self, Error> {
        Ok(Self {
            trees,
            train: false,
            sample: None,
            codebook: codebook.map_or_else(Codebook::bundled, Codebook::open)?,
            gazetteer: Gazetteer::bundled()?,
            analyser: Spacy::bundled()?,
        })
    }
}

/// One figure of a gate.
pub struct Figure {
    /// What is measured, as `floors.toml` names it.
    pub name: String,
    /// The figure: a share in 0..=1, or an error in the unit of the set.
    pub value: f64,
}

/// What a gate found.
#[derive(Default)]
pub struct Measured {
    /// The figures, in the order they are shown.
    pub figures: Vec<Figure>,
    /// Tables and baselines, for reading.
    pub tables: String,
    /// The worst cases, most telling first.
    pub worst: Vec<String>,
}

impl Measured {
    fn figure(&mut self, name: impl Into<String>, value: f64) {
        let name = name.into();
        self.figures.push(Figure { name, value });
    }
}

/// Something measured on one set.
pub struct Gate {
    /// Its name on the command line and in `floors.toml`.
    pub name: &'static str,
    /// Where its set lies.
    pub set: Set,
    measure: fn(&Tools, &Path) -> Result<Measured, Error>,
}

/// Where a set lies.
pub enum Set {
    /// In the project, under `evaluation/`.
    Ours(&'static str),
    /// Under `SAYSO_DATA`.
    Public(&'static str),
}

/// All gates.
pub const GATES: &[Gate] = &[
    Gate {
        name: "gold-dev",
        set: Set::Ours("gold/dev"),
        measure: gold::measure,
    },
    Gate {
        name: "gold-test",
        set: Set::Ours("gold/test"),
        measure: gold::measure,
    },
    Gate {
        name: "agreement",
        set: Set::Ours("gold/hands"),
        measure: agreement::measure,
    },
    Gate {
        name: "attribution",
        set: Set::Public("polnear"),
        measure: attribution::measure,
    },
    Gate {
        name: "factuality",
        set: Set::Public("factuality"),
        measure: factuality::measure,
    },
    Gate {
        name: "names",
        set: Set::Public("re3d"),
        measure: names::measure,
    },
    Gate {
        name: "geo",
        set: Set::Public("geoparsing"),
        measure: geo::measure,
    },
    Gate {
        name: "name-bench",
        set: Set::Public("name-bench"),
        measure: name_bench::measure,
    },
    Gate {
        name: "time",
        set: Set::Public("recognizers"),
        measure: time::measure,
    },
    Gate {
        name: "planted",
        set: Set::Ours("planted"),
        measure: planted::measure,
    },
    Gate {
        name: "origins",
        // Its own accounts tell again what stories of this set tell; without them the figures are of another set.
        set: Set::Public("re3d"),
        measure: origins::measure,
    },
    Gate {
        name: "distortion",
        set: Set::Ours("distortion"),
        measure: distortion::measure,
    },
    Gate {
        name: "meantime",
        set: Set::Public("meantime"),
        measure: meantime::measure,
    },
    Gate {
        name: "fnc-1",
        set: Set::Public("fnc-1"),
        measure: fnc::measure,
    },
    Gate {
        name: "truth-books",
        set: Set::Public("truth-books"),
        measure: truth::books::measure,
    },
    Gate {
        name: "truth-weather",
        set: Set::Public("truth-weather"),
        measure: truth::weather::measure,
    },
];

fn evaluation() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

impl Gate {
    /// The folder of its set; `None` where it is missing.
    pub fn folder(&self) -> Option<PathBuf> {
        let folder = match self.set {
            Set::Ours(name) => evaluation().join(name),
            Set::Public(name) => data().join(name),
        };
        folder.is_dir().then_some(folder)
    }

    /// Measures the set in this folder; gates of our own take one of its files as well.
    pub fn measure(&self, tools: &Tools, set: &Path) -> Result<Measured, Error> {
        (self.measure)(tools, set)
    }

    /// One sentence on a set that is not there.
    pub fn missing(&self) -> String {
        match self.set {
            Set::Ours(name) => format!("evaluation/{name} is not there"),
            Set::Public(name) => format!(
                "{name} is not in {}; set SAYSO_DATA to the folder that holds it",
                data().display()
            ),
        }
    }
}

/// The folder of the public sets: `SAYSO_DATA`, else the one beside the project.
fn data() -> PathBuf {
    std::env::var_os("SAYSO_DATA")
        .map_or_else(|| evaluation().join("../../shared/data"), PathBuf::from)
}

/// The least a figure may be, or for errors the most.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Floor {
    /// It must not be under this.
    Least(f64),
    /// It must not be over this.
    Most(f64),
}

impl Floor {
    /// Whether a figure keeps to it.
    pub fn holds(self, value: f64) -> bool {
        match self {
            Self::Least(floor) => value >= floor,
            Self::Most(ceiling) => value <= ceiling,
        }
    }
}

/// The pinned figures: gate -> figure -> floor.
pub type Floors = BTreeMap<String, BTreeMap<String, Floor>>;

/// Reads `evaluation/floors.toml`.
pub fn floors() -> Result<Floors, Error> {
    let path = evaluation().join("floors.toml");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?)
}

/// The figures beside their floors, a line each, and whether all hold. A floor whose figure is gone does not.
pub fn judge(gate: &str, measured: &Measured, floors: &Floors) -> (String, bool) {
    let empty = BTreeMap::new();
    let pinned = floors.get(gate).unwrap_or(&empty);
    let mut out = String::new();
    let mut all = true;
    for figure in &measured.figures {
        let verdict = match pinned.get(&figure.name) {
            None => "",
            Some(floor) if floor.holds(figure.value) => &format!("holds {}", tables::floor(*floor)),
            Some(floor) => {
                all = false;
                &format!("BREAKS {}", tables::floor(*floor))
            }
        };
        out.push_str(&tables::figure(figure, verdict));
    }
    for name in pinned.keys() {
        if !measured.figures.iter().any(|f| f.name == *name) {
            all = false;
            out.push_str(&format!("  {name}: pinned, but nothing measures it\n"));
        }
    }
    (out, all)
}

/// SHA-256 over the test half of the gold, file by file in the order of their names: a figure means something only for the set it
/// was measured on.
pub fn gold_digest() -> Result<String, Error> {
    use sha2::{Digest, Sha256};
    let folder = evaluation().join("gold/test");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    let mut all = Sha256::new();
    for file in files {
        let bytes = std::fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        all.update(&bytes);
    }
    Ok(all.finalize().iter().map(|b| format!("{b:02x}")).collect())
}

/// The digest that the pinned figures were measured on (`evaluation/gold/test.sha256`).
pub fn pinned_digest() -> Result<String, Error> {
    let path = evaluation().join("gold/test.sha256");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(text.trim().to_owned())
}
