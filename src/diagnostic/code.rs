//! The codes. The doc comment of each is its manual page.

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Would publish a wrong or missing page: nothing is written.
    Error,
    /// The source itself may be wrong, or a reader would be served badly; `--strict` makes it an error.
    Warning,
    /// What an editor may make of a text, and need not: told by `check --suggest` only.
    /// Nothing is wrong, so neither `--strict` nor the exit code knows of it.
    Suggestion,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal $level:ident;)*) => {
        /// Everything that `luutru` reports.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// All codes, in the order of this file.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The name in messages and in `accepted`, e.g. `unknown-directive`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// Error, warning or suggestion.
            pub fn level(self) -> Level {
                match self { $(Code::$variant => Level::$level,)* }
            }
        }
    };
}

codes! {
    /// A file could not be read: permissions, or a failing disk.
    UnreadableFile = "unreadable-file" Error;
    /// A text file is larger than 8 MiB; no article is. It was not read.
    FileTooLarge = "file-too-large" Error;
    /// A text file is not UTF-8. Remedy: save it as UTF-8.
    InvalidUtf8 = "invalid-utf8" Error;
    /// A text has a control character, or one that turns the direction of what follows.
    ControlCharacter = "control-character" Error;
    /// A text file has no content at all.
    EmptyFile = "empty-file" Error;
    /// A symbolic link in `content/`. Links are not followed, so what it points to would be missing.
    Symlink = "symlink" Error;
    /// A file that no kind of content has a place for, so it would be left out without a word.
    UnexpectedFile = "unexpected-file" Error;
    /// `content/site.yaml` is missing.
    MissingConfig = "missing-config" Error;
    /// The file does not begin with a front matter between two lines `---`.
    MissingFrontMatter = "missing-front-matter" Error;
    /// The front matter begins with `---` and has no closing `---`.
    UnclosedFrontMatter = "unclosed-front-matter" Error;
    /// The front matter is not YAML.
    YamlSyntax = "yaml-syntax" Error;
    /// An unquoted text has `: ` in it, which YAML reads as a key. Remedy: quote it.
    YamlColon = "yaml-colon" Error;
    /// An unquoted text has ` #` in it, and YAML silently drops the rest. Remedy: quote it.
    YamlHash = "yaml-hash" Error;
    /// The YAML is nested too deeply or repeats itself without end.
    YamlLimit = "yaml-limit" Error;
    /// A key that this kind of record does not have.
    UnknownKey = "unknown-key" Error;
    /// A key that stands twice.
    DuplicateKey = "duplicate-key" Error;
    /// A key that must be there.
    MissingKey = "missing-key" Error;
    /// A value of another type than the key takes.
    WrongType = "wrong-type" Error;
    /// A value that is none of those the key takes.
    UnknownValue = "unknown-value" Error;
    /// A text that is no date in any of the accepted forms.
    BadDate = "bad-date" Error;
    /// A date that no calendar has, such as 30/2.
    ImpossibleDate = "impossible-date" Error;
    /// An id (or file name) that cannot be an address.
    BadId = "bad-id" Error;
    /// An address in `old_addresses` or in the ledger that is not a relative path of the site.
    BadAddress = "bad-address" Error;
    /// A link with a scheme other than http, https and mailto.
    BadUrl = "bad-url" Error;
    /// Two records of a kind have the same id.
    IdCollision = "id-collision" Error;
    /// Two pages would have the same address, possibly but for upper and lower case.
    AddressCollision = "address-collision" Error;
    /// Two records claim the same name or number.
    NameCollision = "name-collision" Error;
    /// A directive that no record describes.
    UnknownDirective = "unknown-directive" Error;
    /// A number or name that several directives have.
    AmbiguousDirective = "ambiguous-directive" Error;
    /// A unit that no record describes and that is not organ + place.
    UnknownUnit = "unknown-unit" Error;
    /// A unit name that fits several units.
    AmbiguousUnit = "ambiguous-unit" Error;
    /// A place that neither the gazetteer nor a record knows.
    UnknownLocality = "unknown-locality" Error;
    /// A place name that several places have.
    AmbiguousLocality = "ambiguous-locality" Error;
    /// A publisher that no record describes.
    UnknownPublisher = "unknown-publisher" Error;
    /// A publisher's name that several records have.
    AmbiguousPublisher = "ambiguous-publisher" Error;
    /// The name in `[[…]]` is none of a directive, unit, place, publisher, article or page.
    UnknownName = "unknown-name" Error;
    /// The name in `[[…]]` fits records of several kinds.
    AmbiguousName = "ambiguous-name" Error;
    /// `same_as` names no event of any article.
    UnknownEvent = "unknown-event" Error;
    /// Two events of one article have the same id, or one of several has none.
    EventId = "event-id" Error;
    /// Records continue, replace or contain each other in a circle.
    Cycle = "cycle" Error;
    /// `[[` without its `]]`, an empty `[[…|]]`, or `[[…]]` where Markdown is not read.
    BrokenLink = "broken-link" Error;
    /// A link to a page or file that the archive does not have.
    DeadLink = "dead-link" Error;
    /// A photo or link names a file that is not in `content/media/`.
    MissingMedia = "missing-media" Error;
    /// A file in `content/media/` of a kind that is not published.
    ForbiddenMedia = "forbidden-media" Error;
    /// An SVG with scripts, event handlers or references to other hosts.
    UnsafeSvg = "unsafe-svg" Error;
    /// An address published before would no longer answer.
    LostAddress = "lost-address" Error;
    /// A template of the theme is wrong.
    Theme = "theme" Error;
    /// A page loads something from another host: it would not be whole offline, and tells that
    /// host who reads it. Remedy: put the file into the theme or into `content/media/`.
    ForeignResource = "foreign-resource" Error;
    /// The parts of a commendation do not add up to its total.
    SumMismatch = "sum-mismatch" Warning;
    /// Two articles report different figures for the same event.
    ConflictingFigures = "conflicting-figures" Warning;
    /// Two dates contradict each other: of one event in two articles, or an event after the article.
    ConflictingDates = "conflicting-dates" Warning;
    /// A unit is named for a day on which it did not exist yet or any more.
    OrganOfAnotherTime = "organ-of-another-time" Warning;
    /// An image has no alternative text for those who cannot see it.
    MissingAlt = "missing-alt" Warning;
    /// A link of the theme that works in one setting only: at a root, under a sub-path, on a web
    /// server or from a folder. Remedy: a relative link to a file.
    FragileLink = "fragile-link" Warning;
    /// A link to a place on a page that has no such id; the reader stays at its top.
    MissingAnchor = "missing-anchor" Warning;
    /// An id that a page has twice: links to it find the first.
    DuplicateId = "duplicate-id" Warning;
    /// The headings of a page are no outline: none or several of level 1, or a level left out.
    HeadingOrder = "heading-order" Warning;
    /// Raw HTML in a text was changed or removed because it could harm readers.
    RemovedHtml = "removed-html" Warning;
    /// A published file was changed by hand; it is kept as it is.
    EditedByHand = "edited-by-hand" Warning;
    /// Words of a text that fit several records, so that they are no link. Remedy: a link with
    /// the chain of places or the term of the one that is meant.
    AmbiguousMention = "ambiguous-mention" Suggestion;
    /// Words of a text that name a unit, a place or a document, and nothing says which.
    UnlinkedMention = "unlinked-mention" Suggestion;
    /// A document that articles cite and no file describes. Told once, where it is first cited.
    DirectiveWithoutRecord = "directive-without-record" Suggestion;
    /// A name of a place that there is none of, one letter or tone away from one that there is.
    NearName = "near-name" Suggestion;
    /// The date printed beside a document is not that of its record: one of them is wrong.
    DateContradicts = "date-contradicts" Suggestion;
    /// A sentence says how one document stands to another, and no record says so. Told once.
    Relation = "relation" Suggestion;
}
