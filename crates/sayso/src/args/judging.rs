//! The commands by which a person decides.

use clap::{Args, Subcommand, builder::NonEmptyStringValueParser};

const MERGE: &str = "\
Examples:
  sayso merge 'PMC Wagner' 'Wagner Group' --why 'Two names of one company'
  sayso merge name:росія Q159 --why 'What it calls itself'
  sayso merge sayso:alabuga-plant sayso:alabuga-zone --why 'One site' --who Ann

Both are names, or ids as `sayso claims --format jsonl` shows them. The second one's id stays, but an id of Wikidata or GeoNames \
stays before one of ours, and any id before a name. What a judgement holds apart is not joined.";

const SPLIT: &str = "\
Examples:
  sayso split Q230 Georgia --why 'The state in the south of the USA is meant'
  sayso split 'Wagner Group' Wagner --why 'A composer'

From now on a report that writes this name does not mean this entity by it. Whom it means can be said with merge name:...";

const SAME: &str = "\
Examples:
  sayso same 7c1f0a9e 3f2a91bc
      Two claims state the same.
  sayso same 7c1f0a9e 3f2a91bc --origin --why 'Both had it from one press release'
      Two claims go back to one origin.
  sayso same Yelabuga 'Yelabuz' --why 'A slip of one agency'
      Two names mean one place, as with merge.

Claims and findings are named by their ids, claims also by enough of the beginning.";

const DIFFER: &str = "\
Examples:
  sayso differ 7c1f0a9e 3f2a91bc --why 'One speaks of a plan'
      Two claims do not state the same.
  sayso differ 7c1f0a9e 3f2a91bc --origin --why 'Each sent somebody there'
      Two claims go back to two origins.
  sayso differ Alabuga Yelabuga --why 'A zone near the town'
      Two entities are two, and nothing joins them, not even through a third.";

const GRADE: &str = "\
Examples:
  sayso grade 5d20c8e17f3a9b46 2 --why 'The satellite pictures show it'
  sayso grade --source 'Institute for the Study of War' B --why 'Seldom wrong so far'

A finding is 1 confirmed by other sources, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged. A \
source is A completely reliable, B usually, C fairly, D not usually, E unreliable, F cannot be judged. The last grade stands.";

const UNSURE: &str = "\
Examples:
  sayso unsure 7c1f0a9e
  sayso unsure 7c1f0a9e --why 'The sentence can be read either way'";

const ACCEPT: &str = "\
Examples:
  sayso claims        (before each sentence stands its claim's id)
  sayso accept 7c1f0a9e

A claim is accepted that says what its sentence says, true or not. How far a finding can be believed is said with sayso grade.";

const REJECT: &str = "\
Examples:
  sayso claims        (before each sentence stands its claim's id)
  sayso reject 7c1f0a9e --why 'The sentence is about another company'

A claim that was misread counts in no finding any more. It stays in the ledger.";

const CORRECT: &str = "\
Examples:
  sayso claims        (before each sentence stands its claim's id)
  sayso correct 7c1f0a9e producer Iran --why 'The sentence before names it'
  sayso correct 7c1f0a9e place Homiel --why 'The works in question stand there'
  sayso correct 7c1f0a9e status planned --why '\"is to build\"'
  sayso correct 7c1f0a9e partner '' --why 'The sentence names none'

FIELD is status, place, certainty, polarity or a role of the claim's kind (sayso codebook tells them); VALUE a word of that field, or a name or id. \
What was read stays in the ledger; findings are made of what was corrected.";

const JUDGEMENTS: &str = "\
Examples:
  sayso judgements
  sayso judgements | grep -A3 Wagner

Newest first. One that does not count any more says by which other.";

const UNDO: &str = "\
Examples:
  sayso judgements        (each begins with its id)
  sayso undo 9be1c05d
  sayso undo 9be1c05d --why 'It was another plant after all'

What was undone stays in the ledger. To take an undoing back, make the judgement again.";

/// A judgement.
#[derive(Debug, Subcommand)]
pub(crate) enum Judging {
    /// Say that two names or entities are one
    #[command(after_help = MERGE)]
    Merge {
        #[command(flatten)]
        pair: Pair,
        #[command(flatten)]
        by: By,
    },
    /// Say that a name does not mean an entity
    #[command(after_help = SPLIT)]
    Split {
        /// The entity: its id, or a name of it
        #[arg(value_parser = NonEmptyStringValueParser::new())]
        entity: String,
        /// The name, as reports write it
        #[arg(value_parser = NonEmptyStringValueParser::new())]
        name: String,
        #[command(flatten)]
        by: By,
    },
    /// Say that two entities, claims or findings are the same
    #[command(after_help = SAME)]
    Same {
        #[command(flatten)]
        pair: Pair,
        /// Compare where two claims come from, not what they state
        #[arg(long)]
        origin: bool,
        #[command(flatten)]
        by: MaybeWhy,
    },
    /// Say that two entities, claims or findings are not the same
    #[command(after_help = DIFFER)]
    Differ {
        #[command(flatten)]
        pair: Pair,
        /// Compare where two claims come from, not what they state
        #[arg(long)]
        origin: bool,
        #[command(flatten)]
        by: By,
    },
    /// Grade a finding (1 to 6) or a source (A to F)
    #[command(after_help = GRADE, override_usage = "sayso grade <FINDING> <1-6> --why <TEXT>\n       sayso grade --source <NAME> <A-F> --why <TEXT>")]
    Grade {
        /// The finding's id, whole; left out with --source
        #[arg(value_name = "FINDING", required = true, num_args = 1..=2, value_names = ["FINDING", "GRADE"])]
        what: Vec<String>,
        /// A source: its name or id
        #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
        source: Option<String>,
        #[command(flatten)]
        by: By,
    },
    /// Say that a claim was read right
    #[command(after_help = ACCEPT)]
    Accept {
        /// The claim's id, or enough of its beginning
        #[arg(value_parser = NonEmptyStringValueParser::new())]
        claim: String,
        #[command(flatten)]
        by: MaybeWhy,
    },
    /// Say that you looked at a claim and cannot tell: it counts as it did, and leaves the queue
    #[command(after_help = UNSURE)]
    Unsure {
        /// The claim's id, or enough of its beginning
        #[arg(value_parser = NonEmptyStringValueParser::new())]
        claim: String,
        #[command(flatten)]
        by: MaybeWhy,
    },
    /// Say that a claim was misread and counts for nothing
    #[command(after_help = REJECT)]
    Reject {
        /// The claim's id, or enough of its beginning
        #[arg(value_parser = NonEmptyStringValueParser::new())]
        claim: String,
        #[command(flatten)]
        by: By,
    },
    /// Say what one field of a claim is that was misread
    #[command(after_help = CORRECT)]
    Correct {
        /// The claim's id, or enough of its beginning
        #[arg(value_parser = NonEmptyStringValueParser::new())]
        claim: String,
        /// status, place, certainty, polarity or a role
        #[arg(value_parser = NonEmptyStringValueParser::new())]
        field: String,
        /// What it is; '' where nothing fills it
        value: String,
        #[command(flatten)]
        by: By,
    },
    /// Show what was judged, by whom, when and why
    #[command(after_help = JUDGEMENTS)]
    Judgements,
    /// Take a judgement back
    #[command(after_help = UNDO)]
    Undo {
        /// The judgement's id, or enough of its beginning
        #[arg(value_parser = NonEmptyStringValueParser::new())]
        id: String,
        #[command(flatten)]
        by: MaybeWhy,
    },
}

/// Two things.
#[derive(Clone, Debug, Args)]
pub(crate) struct Pair {
    /// The one
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub(crate) a: String,
    /// The other
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub(crate) b: String,
}

/// Who judges.
#[derive(Clone, Debug, Args)]
pub(crate) struct Who {
    /// Who judges [default: who is logged in]
    #[arg(long, value_name = "NAME")]
    pub(crate) who: Option<String>,
}

/// Who judges, and why.
#[derive(Clone, Debug, Args)]
pub(crate) struct By {
    /// Why, in a sentence
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: String,
    #[command(flatten)]
    pub(crate) who: Who,
}

/// The same where the reason may be left out.
#[derive(Clone, Debug, Args)]
pub(crate) struct MaybeWhy {
    /// Why, in a sentence
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: Option<String>,
    #[command(flatten)]
    pub(crate) who: Who,
}
