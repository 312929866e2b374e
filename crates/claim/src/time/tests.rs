use super::find;
