//! One build of the preview: the same stages as `build`, with everything remembered.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::build::{self, Clock, IfSame, Input, Stages};
use crate::diagnostic::{Checked, Diagnostic, Language};
use crate::digest::Digest;
use crate::publish::{self, Asset, Fault, Session};
use crate::render::{self, Fresh, Why};
use crate::source::{self, Sources, Touched};
use crate::theme::Theme;

/// When more pages than this may have changed, and more than this part of all, the output is
/// published as a whole: pages then go to the disk one by one and not all at once into memory.
const FEW: usize = 512;
const PART: usize = 4;

/// The preview of a site, up to date with what was seen of it last.
pub struct Preview {
    input: Input,
    out: PathBuf,
    memo: build::Memo,
    pages: render::Memo,
    session: Option<Session>,
    /// Media files in the output, by address.
    assets: BTreeMap<String, Digest>,
    /// Whether the last build came to an end, good or with mistakes in the content.
    is_settled: bool,
}

/// What became of a build.
pub enum Outcome {
    /// Everything is what it was, and so is the outcome.
    Same,
    /// The output is new.
    Built(Built),
    /// Mistakes in the content.
    Mistakes(Mistakes),
    /// A media file changed while it was copied: it is still being written.
    Growing(PathBuf),
    /// The machine failed. The next build tries again.
    Failed(Fault),
    /// The site's folder has no `content`.
    NoContent,
}

/// A good build.
#[derive(Debug, Default)]
pub struct Built {
    /// Pages and redirects of the site.
    pub pages: usize,
    /// Files with new bytes.
    pub written: usize,
    /// Files that are gone.
    pub removed: usize,
    /// Pages that were rendered, with the reason.
    pub rendered: Vec<(String, Why)>,
    /// How long each stage took.
    pub stages: Stages,
    /// Warnings, and files edited by hand.
    pub found: Mistakes,
}

/// What is wrong, and all that it takes to put it into words.
#[derive(Debug, Default)]
pub struct Mistakes {
    /// In no order.
    pub found: Vec<Diagnostic>,
    /// For the texts that they are in.
    pub sources: Arc<Sources>,
    /// The site's.
    pub language: Language,
}

impl Preview {
    /// A preview in `out`, which nothing is known of yet.
    pub fn new(input: Input, out: PathBuf) -> Preview {
        Preview {
            input,
            out,
            memo: build::Memo::lasting(),
            pages: render::Memo::default(),
            session: None,
            assets: BTreeMap::new(),
            is_settled: false,
        }
    }

    /// Has what was touched read again by the next build.
    pub fn forget(&mut self, touched: &Touched) {
        self.memo.forget(&self.input.root, touched);
    }

    /// Brings the output up to date with what was touched. `published` is called as soon as the
    /// files are in their places, before anything is tidied up.
    pub fn build(&mut self, published: impl FnOnce()) -> Outcome {
        let if_same = if self.is_settled { IfSame::Stop } else { IfSame::GoOn };
        self.is_settled = false;
        let mut found = Vec::new();
        let prepared = match build::prepare_again(&self.input, &mut self.memo, if_same) {
            Ok(Some(prepared)) => prepared.drain_into(&mut found),
            Ok(None) => {
                self.is_settled = true;
                return Outcome::Same;
            }
            Err(source::Error::NoContent(_)) => return Outcome::NoContent,
        };
        let mut clock = Clock::start();
        let Checked { value: plan, diagnostics } = build::plan_again(&prepared, &mut self.memo);
        let is_sound = diagnostics.is_empty();
        found.extend(diagnostics);
        let theme = prepared.theme.with_site(&prepared.site, plan.menu());
        clock.stage("plan");
        let (sources, language) = (prepared.sources.clone(), prepared.site.language);
        let mistakes = |found| Mistakes { found, sources, language };
        if build::stops(&found, false) {
            self.is_settled = true;
            return Outcome::Mistakes(mistakes(found));
        }
        let mut fresh = self.pages.compare(&plan, &theme);
        clock.stage("compare");
        let outcome =
            self.publish(&mut fresh, &theme, &prepared.assets, plan.pages.iter().map(|page| &*page.url));
        clock.stage("render+publish");
        match outcome {
            Ok((mut built, mut kept)) => {
                kept.sort_unstable();
                published();
                self.pages.keep(fresh, &kept);
                self.assets.retain(|address, _| kept.binary_search(address).is_err());
                self.is_settled = true;
                let by_hand = |kept: &String| build::edited_by_hand(&self.out, kept);
                found.extend(kept.iter().map(by_hand));
                built.pages = plan.pages.len();
                built.stages = prepared.stages.iter().chain(&clock.stages).copied().collect();
                built.found = mistakes(found);
                if is_sound {
                    self.memo.keep(plan, &prepared);
                }
                self.memo.tidy();
                Outcome::Built(built)
            }
            Err(publish::Error::Render(diagnostic)) => {
                self.is_settled = true;
                found.push(*diagnostic);
                Outcome::Mistakes(mistakes(found))
            }
            Err(publish::Error::Fault(Fault::AssetChanged { from })) => Outcome::Growing(from),
            Err(publish::Error::Fault(fault)) => {
                if matches!(fault, Fault::Gone { .. } | Fault::Unfinished { .. }) {
                    // What is remembered of the output is not what is there.
                    (self.session, self.pages) = (None, render::Memo::default());
                }
                Outcome::Failed(fault)
            }
        }
    }

    /// Puts what is new into the output: few pages by themselves, else the whole. Gives the
    /// files that were kept because somebody edited them, too.
    fn publish<'u>(
        &mut self,
        fresh: &mut Fresh,
        theme: &Theme,
        assets: &[Asset],
        urls: impl ExactSizeIterator<Item = &'u str>,
    ) -> Result<(Built, Vec<String>), publish::Error<Box<Diagnostic>>> {
        let is_few = fresh.count() <= FEW || fresh.count() * PART < urls.len();
        let session = match &mut self.session {
            Some(session) => session,
            None => self.session.insert(Session::open(&self.out, &self.input.root.join("content"))?),
        };
        let by_address = |asset: &Asset| (asset.to.clone(), asset.digest);
        if self.pages.is_empty() || !is_few {
            let pages = urls.len();
            let files = theme.files.iter().map(|file| file.url.clone());
            let paths: Vec<String> = urls.map(str::to_owned).chain(files).collect();
            self.pages.make_all(fresh);
            let published = session.publish_all(&paths, assets, |index| match index.checked_sub(pages) {
                None => self.pages.page(fresh, index),
                Some(file) => Ok(theme.files[file].bytes.clone()),
            })?;
            self.assets = assets.iter().map(by_address).collect();
            let is_written = |(url, _): &(String, Why)| published.written.binary_search(url).is_ok();
            let rendered = fresh.reasons().filter(is_written).collect();
            let (written, removed) = (published.written.len(), published.removed.len());
            return Ok((Built { written, removed, rendered, ..Built::default() }, published.report.kept));
        }
        let rendered = self.pages.render(fresh).map_err(publish::Error::Render)?;
        let reasons = rendered.iter().map(|page| (page.url.clone(), page.why)).collect();
        let files = fresh.files.iter().map(|&file| &theme.files[file]);
        let writes: Vec<(String, Vec<u8>)> = files
            .map(|file| (file.url.clone(), file.bytes.clone()))
            .chain(rendered.into_iter().map(|page| (page.url, page.bytes)))
            .collect();
        let copies: Vec<Asset> = assets
            .iter()
            .filter(|asset| self.assets.get(&asset.to) != Some(&asset.digest))
            .cloned()
            .collect();
        let now: BTreeMap<String, Digest> = assets.iter().map(by_address).collect();
        let lost = self.assets.keys().filter(|address| !now.contains_key(*address));
        let removals: Vec<String> = fresh.gone.iter().chain(lost).cloned().collect();
        let update = session.update(&writes, &copies, &removals)?;
        self.assets = now;
        let (written, removed) = (update.written.len(), update.removed.len());
        Ok((Built { written, removed, rendered: reasons, ..Built::default() }, update.kept))
    }
}
