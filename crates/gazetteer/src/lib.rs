//! Who and where: states, regions, formal bodies, weapon systems and places, each with a stable id.
//!
//! The facts are data files that test themselves (`gazetteer/*.toml`) and one file of places built from GeoNames
//! (`gazetteer/places.*`). They are built into the program, or read from a folder of the same shape ([`Gazetteer::open`]).
//!
//! # What can be asked?
//! - [`Gazetteer::longest`]: what known name starts at this word?
//! - [`Gazetteer::system`]: is this a weapon-system designation, even one nobody listed?
//! - [`Gazetteer::state`]: which state has this ISO code?
//! - [`Gazetteer::by_id`]: what does this id stand for?
//! - [`Gazetteer::place`]: which place on the ground is meant by this spelling, given what else the report names?
//! - [`Gazetteer::listed`], [`Gazetteer::spelled_like`]: what could a name that is not known be meant for?
//! - [`Gazetteer::sorts`]: what is this thing a sort of?
//! - [`Gazetteer::above`]: what does this place lie in?
//!
//! # What is not here?
//! No network, no clock, no guess that is not said to be one: a place with close rivals is [`Placing::Unsure`].

mod above;
mod bearers;
mod checks;
mod data;
mod error;
mod file;
mod fold;
mod ground;
mod items;
mod known;
mod load;
mod loading;
mod middle;
mod names;
mod pack;
mod patterns;
mod place;
mod places;
mod placing;
pub mod sources;
mod suggest;
mod systems;
mod wider;
mod words;

pub use error::GazetteerError;
pub use fold::{fold, slug};
pub use ground::Ground;
pub use items::Sort;
pub use known::{Known, Match, Via};
pub use load::Gazetteer;
pub use pack::{Builder, Built, PlaceRow};
pub use place::{Hints, Place, PlaceKind, Placing, Spelling};
