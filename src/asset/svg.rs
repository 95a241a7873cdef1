//! Drawings: what an SVG may hold.
//!
//! A list of what is allowed, read by an XML parser, and everything else refused: a list of
//! what is forbidden would have to know every spelling (prefixes, entities, encodings,
//! escapes in style sheets). Nothing that runs, moves, or fetches from elsewhere is allowed.

use roxmltree::{Attribute, Document, Node, ParsingOptions};

use super::size::LONGEST;
use crate::diagnostic::Span;
use crate::page::PictureSize;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Namespaces in which drawing programs keep notes of their own; browsers show none of it.
const NOTES: [&str; 6] = [
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://purl.org/dc/elements/1.1/",
    "http://www.serif.com/",
];

/// Elements of SVG that draw or describe.
const ELEMENTS: [&str; 57] = [
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "title",
    "desc",
    "metadata",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "image",
    "a",
    "style",
    "switch",
    "view",
    "marker",
    "pattern",
    "mask",
    "clipPath",
    "linearGradient",
    "radialGradient",
    "stop",
    "filter",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "cursor",
    "font-face-name",
];

/// What a drawing is refused for, and where it stands.
type Refused = (String, Span);

/// How large a drawing is, if it says so. The error is the first thing in it that is not allowed.
pub(super) fn read(text: &str) -> Result<Option<PictureSize>, Refused> {
    if let Some(encoding) = foreign_encoding(text) {
        return Err((encoding, Span::default()));
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: 500_000, ..ParsingOptions::default() };
    let document = match Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(error) => return Err((error.to_string(), Span::default())),
    };
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err((format!("<{}>", root.tag_name().name()), Span::default()));
    }
    let refused = document.descendants().find_map(|node| {
        let what = unsafe_node(node)?;
        let range = node.range();
        Some((what, Span::new(range.start, range.end.min(range.start + 40))))
    });
    refused.map_or_else(|| Ok(size(root)), Err)
}

/// As its width and height say, in pixels; else as large as what it is drawn on.
fn size(root: Node) -> Option<PictureSize> {
    let pixels =
        |name: &str| root.attribute(name).and_then(|length| side(length.trim().trim_end_matches("px")));
    let drawn_on = || {
        let mut numbers = root
            .attribute("viewBox")?
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|number| !number.is_empty())
            .skip(2);
        Some((side(numbers.next()?)?, side(numbers.next()?)?))
    };
    let (width, height) = pixels("width").zip(pixels("height")).or_else(drawn_on)?;
    Some(PictureSize { width, height })
}

/// A length as whole pixels; none if it is none, or not one of a picture.
fn side(length: &str) -> Option<u32> {
    let length: f64 = length.parse().ok()?;
    let whole = length.round();
    (1.0..=f64::from(LONGEST)).contains(&whole).then_some(whole as u32)
}

/// An encoding other than UTF-8: a browser would read other letters than we do.
fn foreign_encoding(text: &str) -> Option<String> {
    let declaration = text.strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim();
    let name = value.trim_matches(['"', '\'']);
    (!name.eq_ignore_ascii_case("utf-8")).then(|| format!("encoding={name}"))
}

fn unsafe_node(node: Node) -> Option<String> {
    if node.is_pi() {
        return Some(format!("<?{}?>", node.pi()?.target));
    }
    if !node.is_element() {
        return None;
    }
    let name = node.tag_name();
    match name.namespace() {
        Some(SVG) if ELEMENTS.contains(&name.name()) => {}
        Some(notes) if NOTES.contains(&notes) => {}
        _ => return Some(format!("<{}>", name.name())),
    }
    if name.name() == "style"
        && let Some(what) = node.children().filter_map(|child| child.text()).find_map(unsafe_style)
    {
        return Some(what);
    }
    node.attributes().find_map(unsafe_attribute)
}

fn unsafe_attribute(attribute: Attribute) -> Option<String> {
    let (name, value) = (attribute.name(), attribute.value());
    match attribute.namespace() {
        None | Some(XML | XLINK) => {}
        Some(notes) if NOTES.contains(&notes) => return None,
        Some(_) => return Some(name.to_owned()),
    }
    if name.len() > 2 && name[..2].eq_ignore_ascii_case("on") {
        return Some(format!("{name}="));
    }
    if matches!(name, "href" | "src" | "base") {
        let drawn = ["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp"];
        let inside = value.trim_start().starts_with('#')
            || drawn.iter().any(|kind| value.trim_start().starts_with(kind));
        return (!inside).then(|| format!("{name}="));
    }
    unsafe_style(value)
}

/// Style sheets may name colours and parts of the drawing, and fetch nothing. Backslashes
/// could spell any of the words.
fn unsafe_style(style: &str) -> Option<String> {
    let lower = style.to_ascii_lowercase();
    if let Some(word) =
        ["\\", "@import", "@font-face", "image-set", "image(", "src(", "expression", "javascript:"]
            .into_iter()
            .find(|word| lower.contains(word))
    {
        return Some(word.to_owned());
    }
    let fetches = lower.match_indices("url(").any(|(at, found)| {
        !lower[at + found.len()..].trim_start().trim_start_matches(['"', '\'']).starts_with('#')
    });
    fetches.then(|| "url()".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{PictureSize, read};

    #[test]
    fn drawings_that_run_or_fetch_something_are_refused() {
        let svg = "xmlns=\"http://www.w3.org/2000/svg\"";
        for drawing in [
            format!("<svg {svg}><script>x</script></svg>"),
            format!("<svg {svg} onload = \"x()\"/>"),
            format!("<svg {svg} xmlns:s=\"http://www.w3.org/2000/svg\"><s:script>x</s:script></svg>"),
            format!(
                "<svg {svg} xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:img src=\"https://a.vn/x\"/></svg>"
            ),
            format!("<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"x()\">]><svg {svg}/>"),
            format!("<!DOCTYPE svg SYSTEM \"https://a.vn/x\"><svg {svg}/>"),
            format!("<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?><svg {svg}/>"),
            format!("<?xml-stylesheet href=\"https://a.vn/x.css\"?><svg {svg}/>"),
            format!("<svg {svg}><a href='javascript:x'/></svg>"),
            format!("<svg {svg}><image href=\"https://a.vn/x.png\"/></svg>"),
            format!("<svg {svg}><rect style=\"fill:url(https://a.vn)\"/></svg>"),
            format!("<svg {svg}><style>@\\69mport 'https://a.vn'</style></svg>"),
            format!("<svg {svg}><style>a{{b:image-set('https://a.vn')}}</style></svg>"),
            format!("<svg {svg}><foreignObject/></svg>"),
            format!("<svg {svg}><animate/></svg>"),
            "<html/>".to_owned(),
            "not a drawing".to_owned(),
            String::new(),
        ] {
            assert!(read(&drawing).is_err(), "{drawing}");
        }
    }

    #[test]
    fn plain_drawings_pass() {
        for drawing in [
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><use href=\"#a\"/><path d=\"M1 1\"/><text>href</text></svg>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
             xmlns:xlink=\"http://www.w3.org/1999/xlink\"><use xlink:href=\"#a\" style=\"fill:url(#g)\"/></svg>",
        ] {
            assert_eq!(read(drawing), Ok(None), "{drawing}");
        }
    }

    #[test]
    fn a_drawing_is_as_large_as_it_says_or_as_what_it_is_drawn_on() {
        for (attributes, size) in [
            ("width=\"600\" height=\"400px\" viewBox=\"0 0 10 10\"", Some((600, 400))),
            ("width=\"100%\" height=\"400\" viewBox=\"0 0 30.4 20.5\"", Some((30, 21))),
            ("viewBox=\"-5,-5, 30, 20\"", Some((30, 20))),
            ("width=\"10em\" height=\"5em\"", None),
            ("viewBox=\"0 0 30\"", None),
            ("viewBox=\"0 0 NaN inf\"", None),
            ("viewBox=\"0 0 0.2 -4\"", None),
            ("width=\"1e9\" height=\"2\"", None),
        ] {
            let drawing = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" {attributes}/>");
            let expect = size.map(|(width, height)| PictureSize { width, height });
            assert_eq!(read(&drawing), Ok(expect), "{drawing}");
        }
    }
}
