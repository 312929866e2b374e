use serde::Deserialize;

/// What sort of house an outlet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutletKind {
    /// A news agency: others print its reports.
    Wire,
    /// A newspaper, magazine or news site for the general public.
    Newspaper,
    /// Radio or television.
    Broadcaster,
    /// For a trade: defence, aviation, shipping, sanctions, finance.
    TradePress,
    /// A research institute or analyst that publishes its own findings.
    ThinkTank,
    /// A government or an international body speaking for itself.
    Government,
    /// Press, broadcaster or agency that a state owns and directs.
    StateMedia,
    /// Prints what others wrote.
    Aggregator,
    /// A campaign, monitoring or relief organisation.
    Ngo,
}

impl OutletKind {
    /// As the data files and tables write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Newspaper => "newspaper",
            Self::Broadcaster => "broadcaster",
            Self::TradePress => "trade-press",
            Self::ThinkTank => "think-tank",
            Self::Government => "government",
            Self::StateMedia => "state-media",
            Self::Aggregator => "aggregator",
            Self::Ngo => "ngo",
        }
    }
}

/// A house that publishes reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// The same id as the gazetteer gives a body of this name: a Wikidata item, or `sayso:<slug>`.
    pub id: String,
    /// House name.
    pub name: String,
    /// Other names and abbreviations.
    pub also: Vec<String>,
    /// Domains and hosts it publishes under, lower case, without `www.`.
    pub domains: Vec<String>,
    /// Who owns it, or the desk that several outlets share. `None`: not known.
    pub owner: Option<String>,
    /// What sort of house it is.
    pub kind: OutletKind,
    /// ISO 3166-1 alpha-2 code of its seat. `None`: several or not known.
    pub country: Option<String>,
    /// Whether it is known to do reporting of its own. False: not known, or it only passes on.
    pub reports_itself: bool,
}
