//! How deep and how large a page's tree would be, told without building it.
//!
//! Parsers that build a tree fall over hostile pages: 50,000 nested elements overflow the stack of whatever walks them, and
//! unclosed `<b>`s are opened again in every paragraph, so that a small page becomes gigabytes. This pass follows the HTML
//! Standard's rules for which start and end tags open and close what, over a stack of names alone. Where the standard's rules
//! are intricate it leaves elements open that a parser would close: the depth told is never less than the parser's, which
//! a test holds against the parser itself.

use std::ops::Range;

use crate::{
    names::{self as n, Name},
    tags::{Start, Tag, Tags, attribute, each_attribute},
};

/// How much a page may ask of a parser.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// Elements open at once.
    pub depth: usize,
    /// Elements in all, those counted that a parser would open again.
    pub elements: usize,
    /// Attributes on one element: parsers compare each with each.
    pub attributes: usize,
}

/// Why a page is not given to the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    TooDeep,
    TooMany,
    TooManyAttributes,
    /// Markup whose meaning hangs on parser modes that this pass does not follow.
    Tangled,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Content of scripts and style sheets, and comments: nothing that is read. In order.
    pub mute: Vec<Range<usize>>,
    /// The most elements open at once, at least.
    pub depth: usize,
    /// Elements in all, at least.
    pub elements: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    Html,
    Svg,
    Math,
}

impl Shape {
    /// The page without what is never read: often most of it, and every copy of the tree is the smaller for it.
    pub(crate) fn slim(&self, html: &str) -> String {
        let mute: usize = self.mute.iter().map(Range::len).sum();
        let mut out = String::with_capacity(html.len().saturating_sub(mute));
        let mut at = 0;
        for range in &self.mute {
            out.push_str(html.get(at..range.start).unwrap_or(""));
            at = range.end;
        }
        out.push_str(html.get(at..).unwrap_or(""));
        out
    }
}

#[derive(Clone, Copy)]
struct Open {
    name: Name,
    space: Space,
    /// In the tree: elements taken out of the stack stay parents there.
    depth: u32,
    /// For formatting elements the number of their entry in the list, else 0.
    entry: u32,
}

/// An entry of the standard's "list of active formatting elements".
#[derive(Clone, Copy)]
struct Active {
    name: Name,
    /// Tells same-named entries with other attributes apart. 0 with name 0: a marker.
    likeness: u64,
    entry: u32,
    open: bool,
}

impl Open {
    fn foreign(self) -> bool {
        self.space != Space::Html
    }

    /// Whether this is a foreign element whose content is HTML again.
    fn integrates(self) -> bool {
        match self.space {
            Space::Html => false,
            Space::Svg => n::SVG_INTEGRATION.contains(&self.name),
            Space::Math => n::MATH_INTEGRATION.contains(&self.name),
        }
    }
}

struct Survey {
    bounds: Bounds,
    stack: Vec<Open>,
    active: Vec<Active>,
    /// Entries of `active` that are not open: they are opened again at the next text.
    pending: usize,
    entries: u32,
    shape: Shape,
    selects: usize,
    templates: usize,
    /// Frames, or parts of a table in a template: elements may be ignored that this pass takes.
    odd: bool,
    /// A form is open; a second start tag is ignored.
    form: bool,
    /// How often a parser's mode may have kept it from opening or closing what this pass did: so much deeper it may be.
    doubts: usize,
}

/// Goes over a page; `Err` as soon as a bound is passed.
pub(crate) fn survey(html: &str, bounds: Bounds) -> Result<Shape, Refusal> {
    let mut survey = Survey {
        bounds,
        stack: Vec::with_capacity(64),
        active: Vec::new(),
        pending: 0,
        entries: 0,
        shape: Shape {
            depth: 2,
            elements: 3,
            mute: Vec::new(),
        },
        selects: 0,
        templates: 0,
        odd: false,
        form: false,
        doubts: 0,
    };
    let mut tags = Tags::new(html);
    loop {
        if survey.in_foreign() && tags.cdata() {
            continue;
        }
        let at = tags.at();
        match tags.next() {
            None => return Ok(survey.shape),
            Some(Tag::Start(start)) => survey.start(&start, &mut tags)?,
            Some(Tag::End(name)) => survey.end(Name::of(name))?,
            Some(Tag::Text(text)) => survey.text(text)?,
            Some(Tag::Comment) => {
                if html.get(at..).is_some_and(|it| it.starts_with("<!--")) {
                    survey.shape.mute.push(at..tags.at());
                }
            }
        }
    }
}

impl Survey {
    /// Whether the next start tag is read by the rules of SVG and MathML.
    fn in_foreign(&self) -> bool {
        self.stack
            .last()
            .is_some_and(|top| top.foreign() && !top.integrates())
    }

    fn start(&mut self, start: &Start<'_>, tags: &mut Tags<'_>) -> Result<(), Refusal> {
        if start.count > self.bounds.attributes {
            return Err(Refusal::TooManyAttributes);
        }
        let name = Name::of(start.name);
        if name == n::FRAMESET {
            self.doubt()?;
        }
        if self.in_foreign() {
            let plain_font = name == n::FONT
                && !each_attribute(start.attributes).any(|(key, _)| {
                    ["color", "face", "size"]
                        .iter()
                        .any(|it| key.eq_ignore_ascii_case(it))
                });
            if !n::BREAKS_OUT.contains(&name) || plain_font {
                let space = self.stack.last().map_or(Space::Html, |top| top.space);
                return if start.closed {
                    self.leaf(1)
                } else {
                    self.push(name, space, 0)
                };
            }
            while self.in_foreign() {
                self.pop();
            }
        }
        self.html_start(name, start, tags)
    }

    fn html_start(
        &mut self,
        name: Name,
        start: &Start<'_>,
        tags: &mut Tags<'_>,
    ) -> Result<(), Refusal> {
        if matches!(name, n::HTML | n::HEAD | n::BODY) {
            return Ok(());
        }
        if !matches!(name, n::COL | n::TEMPLATE) {
            self.pop_top(&[n::COLGROUP]);
        }
        if self.selects > 0 && !matches!(name, n::OPTION | n::OPTGROUP | n::SCRIPT | n::TEMPLATE)
            || name == n::ANNOTATION_XML
        {
            self.doubt()?;
        }
        if self.templates > 0 && n::TABLE_PARTS.contains(&name) {
            self.odd = true;
            self.doubt()?;
        }
        if n::RAW.contains(&name) {
            // In a select (and in some MathML) a parser may not take this as raw text: then nothing after it can be told.
            let odd = self.odd && !(name == n::NOFRAMES && self.templates == 0)
                || self.selects > 0 && !matches!(name, n::SCRIPT | n::TEXTAREA)
                || self.stack.iter().any(|open| open.name == n::ANNOTATION_XML);
            if odd {
                return Err(Refusal::Tangled);
            }
            if name == n::XMP {
                self.close_p()?;
                self.reopen()?;
            }
            let content = tags.raw(start.name);
            if matches!(name, n::SCRIPT | n::STYLE) && !is_data(start.attributes) {
                self.shape.mute.push(content);
            }
            // Its end tag closes it and nothing else.
            tags.next();
            return self.leaf(1);
        }
        if n::CLOSES_P.contains(&name) && !(name == n::FORM && self.form) {
            self.close_p()?;
        }
        // Outside any table these are ignored; inside one a cell brings its row, and a row its body.
        if n::TABLE_PARTS.contains(&name) {
            if self.has_table() {
                self.table_part(name)?;
            }
            return Ok(());
        }
        match name {
            n::PLAINTEXT => {
                tags.skip_all();
                return self.leaf(1);
            }
            n::HR => return self.leaf(1),
            _ if n::VOID.contains(&name) => {
                if n::INLINE_VOID.contains(&name) {
                    self.reopen()?;
                }
                return self.leaf(1);
            }
            n::FRAMESET => {
                self.odd = true;
                return Ok(());
            }
            n::LI => self.close_item(&[n::LI]),
            n::DD | n::DT => self.close_item(&[n::DD, n::DT]),
            n::OPTION => self.pop_top(&[n::OPTION]),
            n::OPTGROUP => {
                self.pop_top(&[n::OPTION]);
                if self.stack.last().is_some_and(|top| top.name == n::OPTGROUP) {
                    self.doubt()?;
                }
            }
            n::RB | n::RTC | n::RT | n::RP if self.has(n::RUBY)? => {
                let keep = if matches!(name, n::RT | n::RP) {
                    n::RTC
                } else {
                    Name(0)
                };
                self.end_implied(keep);
            }
            n::FORM => {
                if self.form && self.templates == 0 {
                    return Ok(());
                }
                self.form = self.templates == 0;
                if self.in_table() {
                    return self.leaf(1);
                }
            }
            n::TABLE => {
                if self.in_table() {
                    self.truncate_to(n::TABLE, n::TABLE_SCOPE)?;
                } else if self
                    .in_scope(|open| open == n::P, n::BUTTON_SCOPE)?
                    .is_some()
                {
                    // Closed or not, as the doctype says.
                    self.doubt()?;
                }
            }
            n::BUTTON => self.truncate_to(n::BUTTON, n::SCOPE)?,
            n::A => {
                if let Some(index) = self.active_since_marker(name) {
                    let entry = self.active.get(index).map_or(0, |it| it.entry);
                    self.end_formatting(name)?;
                    if let Some(index) = self.active.iter().position(|it| it.entry == entry) {
                        self.forget(Some(index));
                        self.doubt()?;
                    }
                }
            }
            n::NOBR if self.has(n::NOBR)? => self.end_formatting(name)?,
            _ if n::HEADINGS.contains(&name) => self.pop_top(n::HEADINGS),
            _ => {}
        }
        if !n::CLOSES_P.contains(&name) && !n::NO_REOPEN.contains(&name) {
            self.reopen()?;
        }
        if matches!(name, n::SVG | n::MATH) {
            if self.odd {
                return Err(Refusal::Tangled);
            }
            let space = if name == n::SVG {
                Space::Svg
            } else {
                Space::Math
            };
            return if start.closed {
                self.leaf(1)
            } else {
                self.push(name, space, 0)
            };
        }
        if n::FORMATTING.contains(&name) {
            self.entries = self.entries.saturating_add(1);
            let entry = self.entries;
            self.remember(name, likeness(start.attributes), entry);
            return self.push(name, Space::Html, entry);
        }
        match name {
            n::SELECT => self.selects += 1,
            n::TEMPLATE => self.templates += 1,
            _ => {}
        }
        self.push(name, Space::Html, 0)?;
        self.mark(name);
        Ok(())
    }

    /// A part of a table closes what is open down to where it belongs, and brings what belongs in between.
    fn table_part(&mut self, name: Name) -> Result<(), Refusal> {
        match name {
            n::COL => return self.leaf(2),
            n::TR => {
                self.back_to(&[n::TABLE, n::TBODY, n::THEAD, n::TFOOT])?;
                self.imply(&[n::TBODY, n::THEAD, n::TFOOT], n::TBODY)?;
            }
            n::TD | n::TH => {
                self.back_to(&[n::TABLE, n::TBODY, n::THEAD, n::TFOOT, n::TR])?;
                self.imply(&[n::TBODY, n::THEAD, n::TFOOT, n::TR], n::TBODY)?;
                self.imply(&[n::TR], n::TR)?;
            }
            _ => self.back_to(&[n::TABLE])?,
        }
        self.push(name, Space::Html, 0)?;
        self.mark(name);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Refusal> {
        if !text.trim_ascii().is_empty() {
            self.pop_top(&[n::COLGROUP]);
        }
        self.reopen()
    }

    fn mark(&mut self, name: Name) {
        if n::MARKERS.contains(&name) {
            self.active.push(Active {
                name: Name(0),
                likeness: 0,
                entry: 0,
                open: true,
            });
        }
    }

    fn doubt(&mut self) -> Result<(), Refusal> {
        self.doubts += 2;
        self.shape.depth += 2;
        if self.shape.depth > self.bounds.depth {
            Err(Refusal::TooDeep)
        } else {
            Ok(())
        }
    }

    fn truncate_to(&mut self, name: Name, barriers: &[Name]) -> Result<(), Refusal> {
        if let Some(at) = self.in_scope(|open| open == name, barriers)? {
            self.truncate(at);
        }
        Ok(())
    }

    fn has(&mut self, name: Name) -> Result<bool, Refusal> {
        Ok(self.in_scope(|open| open == name, n::SCOPE)?.is_some())
    }

    /// Whether the parser reads by the rules of a table, outside its cells.
    fn in_table(&self) -> bool {
        let nearest = self
            .stack
            .iter()
            .rev()
            .find(|open| !open.foreign() && n::TABLE_MODES.contains(&open.name));
        nearest.is_some_and(|open| {
            matches!(open.name, n::TABLE | n::TBODY | n::THEAD | n::TFOOT | n::TR)
        })
    }

    fn end(&mut self, name: Name) -> Result<(), Refusal> {
        if self.stack.last().is_some_and(|top| top.foreign()) {
            if matches!(name, n::P | n::BR) {
                while self.in_foreign() {
                    self.pop();
                }
            }
            // The nearest of that name among the foreign ones; past them the rules of HTML.
            let mut at = self.stack.len();
            while let Some(open) = at.checked_sub(1).and_then(|at| self.stack.get(at)) {
                if !open.foreign() {
                    break;
                }
                at -= 1;
                if open.name == name {
                    self.truncate(at);
                    return Ok(());
                }
            }
        }
        let scope: &[Name] = match name {
            n::HTML | n::HEAD | n::BODY | n::FRAMESET => return Ok(()),
            n::BR => {
                self.reopen()?;
                return self.leaf(1);
            }
            n::P => {
                // One that closes nothing makes an empty paragraph.
                self.leaf(1)?;
                n::BUTTON_SCOPE
            }
            n::LI => n::LIST_SCOPE,
            n::COLGROUP => {
                self.pop_top(&[n::COLGROUP]);
                return Ok(());
            }
            n::TABLE => n::TABLE_SCOPE,
            n::TBODY | n::THEAD | n::TFOOT | n::TR | n::TD | n::TH | n::CAPTION => n::PART_SCOPE,
            n::TEMPLATE => {
                if let Some(at) = self
                    .stack
                    .iter()
                    .rposition(|open| open.name == n::TEMPLATE && !open.foreign())
                {
                    self.truncate(at);
                }
                return Ok(());
            }
            n::SELECT => n::SCOPE,
            n::FORM => {
                // Taken out of the stack without closing what was opened inside.
                if self.in_scope(|open| open == n::FORM, n::SCOPE)?.is_some() {
                    self.end_implied(Name(0));
                    if let Some(at) = self.in_scope(|open| open == n::FORM, n::SCOPE)? {
                        self.stack.remove(at);
                    }
                }
                if self.templates == 0 {
                    self.form = false;
                }
                return Ok(());
            }
            _ if n::FORMATTING.contains(&name) => return self.end_formatting(name),
            _ if n::HEADINGS.contains(&name) => {
                if let Some(at) = self.in_scope(|open| n::HEADINGS.contains(&open), n::SCOPE)? {
                    self.truncate(at);
                }
                return Ok(());
            }
            n::DIALOG => n::SCOPE,
            _ if n::SPECIAL.contains(&name) => n::SCOPE,
            // Any other end tag: a special element in between keeps it from closing anything.
            _ => n::SPECIAL,
        };
        if let Some(at) = self.in_scope(|open| open == name, scope)? {
            self.truncate(at);
            if matches!(name, n::OBJECT | n::APPLET | n::MARQUEE) {
                self.clear_to_marker();
            }
        }
        Ok(())
    }

    /// The nearest open HTML element that `wanted` takes, unless one of `barriers` stands before it.
    fn in_scope(
        &mut self,
        wanted: impl Fn(Name) -> bool,
        barriers: &[Name],
    ) -> Result<Option<usize>, Refusal> {
        for (at, open) in self.stack.iter().enumerate().rev() {
            if !open.foreign() && wanted(open.name) {
                return Ok(Some(at));
            }
            if open.foreign() {
                if open.integrates() {
                    return Ok(None);
                }
            } else if barriers.contains(&open.name) {
                return Ok(None);
            } else if matches!(open.name, n::SELECT | n::TEMPLATE) {
                let below = self.stack.get(..at).unwrap_or_default();
                if below.iter().any(|open| wanted(open.name)) {
                    self.doubt()?;
                }
                return Ok(None);
            }
        }
        Ok(None)
    }

    fn close_p(&mut self) -> Result<(), Refusal> {
        self.truncate_to(n::P, n::BUTTON_SCOPE)
    }

    /// An item closes the one before it, through anything but a block.
    fn close_item(&mut self, names: &[Name]) {
        for (at, open) in self.stack.iter().enumerate().rev() {
            if !open.foreign() && names.contains(&open.name) {
                self.truncate(at);
                return;
            }
            let passes =
                matches!(open.name, n::ADDRESS | n::DIV | n::P) || !n::SPECIAL.contains(&open.name);
            if open.foreign() || !passes {
                return;
            }
        }
    }

    /// Closes what needs no end tag, except `keep`.
    fn end_implied(&mut self, keep: Name) {
        while self.stack.last().is_some_and(|top| {
            !top.foreign() && n::IMPLIED_END.contains(&top.name) && top.name != keep
        }) {
            self.pop();
        }
    }

    fn pop_top(&mut self, names: &[Name]) {
        if self
            .stack
            .last()
            .is_some_and(|top| !top.foreign() && names.contains(&top.name))
        {
            self.pop();
        }
    }

    /// Closes down to the nearest of `names`, inside one table.
    fn back_to(&mut self, names: &[Name]) -> Result<(), Refusal> {
        if let Some(at) = self.in_scope(|open| names.contains(&open), &[n::TABLE])? {
            self.truncate(at + 1);
        }
        Ok(())
    }

    /// Opens `part` unless one of `parents` is open last.
    fn imply(&mut self, parents: &[Name], part: Name) -> Result<(), Refusal> {
        match self.stack.last() {
            Some(top) if parents.contains(&top.name) => Ok(()),
            _ => self.push(part, Space::Html, 0),
        }
    }

    fn has_table(&self) -> bool {
        self.stack
            .iter()
            .any(|open| matches!(open.name, n::TABLE | n::TEMPLATE))
    }

    /// A formatting element's end. Where blocks were opened inside it, it goes with all that is no block and no formatting
    /// up to the last of them, and with everything after; else all inside goes with it.
    fn end_formatting(&mut self, name: Name) -> Result<(), Refusal> {
        let Some(index) = self.active_since_marker(name) else {
            // Not listed: like any other end tag.
            return self.truncate_to(name, n::SPECIAL);
        };
        let entry = self.active.get(index).map_or(0, |it| it.entry);
        let Some(at) = self.stack.iter().rposition(|open| open.entry == entry) else {
            self.forget(Some(index));
            return Ok(());
        };
        if self.in_scope(|open| open == name, n::SCOPE)?.is_none() {
            return Ok(());
        }
        let special = |open: &Open| {
            if open.foreign() {
                open.integrates()
            } else {
                n::SPECIAL.contains(&open.name)
            }
        };
        let inside = self.stack.get(at + 1..).unwrap_or_default();
        let blocks = inside.iter().filter(|open| special(open)).count();
        if blocks > 7 {
            // The parser gives up after eight rounds and leaves a copy open.
            return self.doubt();
        }
        match inside.iter().rposition(special) {
            None => self.truncate(at),
            Some(last) => {
                self.truncate(at + 1 + last + 1);
                let mut nth = 0;
                self.stack.retain(|open| {
                    nth += 1;
                    nth <= at || special(open) || open.entry != 0 && open.entry != entry
                });
            }
        }
        let index = self.active.iter().position(|it| it.entry == entry);
        if let Some(it) = index
            .and_then(|index| self.active.get_mut(index))
            .filter(|it| it.open)
        {
            it.open = false;
            self.pending += 1;
        }
        self.forget(index);
        Ok(())
    }

    fn forget(&mut self, index: Option<usize>) {
        if let Some(index) = index.filter(|index| *index < self.active.len()) {
            let gone = self.active.remove(index);
            if !gone.open {
                self.pending = self.pending.saturating_sub(1);
            }
        }
    }

    /// Where `name` stands in the list after its last marker.
    fn active_since_marker(&self, name: Name) -> Option<usize> {
        for (index, it) in self.active.iter().enumerate().rev() {
            if it.name == Name(0) {
                return None;
            }
            if it.name == name {
                return Some(index);
            }
        }
        None
    }

    /// Adds a formatting element to the list; of four alike the first is forgotten.
    fn remember(&mut self, name: Name, likeness: u64, entry: u32) {
        let alike: Vec<usize> = self
            .active
            .iter()
            .enumerate()
            .rev()
            .take_while(|(_, it)| it.name != Name(0))
            .filter(|(_, it)| it.name == name && it.likeness == likeness)
            .map(|(index, _)| index)
            .collect();
        if alike.len() >= 3 {
            self.forget(alike.last().copied());
        }
        self.active.push(Active {
            name,
            likeness,
            entry,
            open: true,
        });
    }

    /// Text and inline elements open again what blocks have closed.
    fn reopen(&mut self) -> Result<(), Refusal> {
        if self.pending == 0 {
            return Ok(());
        }
        let marker = self
            .active
            .iter()
            .rposition(|it| it.name == Name(0))
            .map_or(0, |at| at + 1);
        for index in marker..self.active.len() {
            let Some(it) = self.active.get_mut(index).filter(|it| !it.open) else {
                continue;
            };
            it.open = true;
            self.pending = self.pending.saturating_sub(1);
            let (name, entry) = (it.name, it.entry);
            self.push(name, Space::Html, entry)?;
        }
        Ok(())
    }

    fn count(&mut self, elements: usize) -> Result<(), Refusal> {
        self.shape.elements += elements;
        if self.shape.elements > self.bounds.elements {
            return Err(Refusal::TooMany);
        }
        Ok(())
    }

    fn top_depth(&self) -> usize {
        self.stack.last().map_or(2, |top| top.depth as usize)
    }

    /// An element without content, `levels` below the one open last.
    fn leaf(&mut self, levels: usize) -> Result<(), Refusal> {
        self.shape.depth = self
            .shape
            .depth
            .max(self.top_depth() + levels + self.doubts);
        self.count(levels)
    }

    fn push(&mut self, name: Name, space: Space, entry: u32) -> Result<(), Refusal> {
        let depth = self.top_depth() + 1;
        self.stack.push(Open {
            name,
            space,
            depth: u32::try_from(depth).unwrap_or(u32::MAX),
            entry,
        });
        self.shape.depth = self.shape.depth.max(depth + self.doubts);
        if self.shape.depth > self.bounds.depth {
            return Err(Refusal::TooDeep);
        }
        self.count(1)
    }

    fn pop(&mut self) {
        let depth = self.stack.len().saturating_sub(1);
        self.truncate(depth);
    }

    fn truncate(&mut self, depth: usize) {
        let mut clear = false;
        while self.stack.len() > depth {
            let Some(open) = self.stack.pop() else { return };
            match open.name {
                _ if open.foreign() => {}
                n::SELECT => self.selects = self.selects.saturating_sub(1),
                n::TEMPLATE => self.templates = self.templates.saturating_sub(1),
                _ => {}
            }
            if open.entry != 0
                && let Some(it) = self
                    .active
                    .iter_mut()
                    .rev()
                    .find(|it| it.entry == open.entry)
                && it.open
            {
                it.open = false;
                self.pending += 1;
            }
            clear |=
                !open.foreign() && matches!(open.name, n::TD | n::TH | n::CAPTION | n::TEMPLATE);
        }
        if clear {
            self.clear_to_marker();
        }
    }

    /// What was listed since the last marker is forgotten with it.
    fn clear_to_marker(&mut self) {
        while let Some(it) = self.active.pop() {
            if !it.open {
                self.pending = self.pending.saturating_sub(1);
            }
            if it.name == Name(0) {
                break;
            }
        }
    }
}

/// Whether a script holds data about the page.
fn is_data(attributes: &str) -> bool {
    attribute(attributes, "type").is_some_and(|it| it.to_ascii_lowercase().contains("json"))
}

/// Same attributes, same number (white space and order apart: then they only count as unlike, which opens more).
fn likeness(attributes: &str) -> u64 {
    let bytes = attributes.trim().bytes();
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests;
