//! What an issuer publishes: asked for when somebody needs it first, once for all who wait, and kept while it is good.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::OnceCell;
use tokio::time::Instant;

use crate::metadata::MetadataError;

/// How long a value is good.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// For so long nobody asks again.
    pub(crate) fresh: Duration,
    /// For so long it is used while it is asked for again; after that whoever needs it waits.
    pub(crate) aging: Duration,
    /// For so long it is used if the issuer cannot be asked.
    pub(crate) last: Duration,
}

/// A value that an issuer publishes.
#[derive(Debug)]
pub(crate) struct Published<T> {
    bounds: Bounds,
    state: Mutex<State<T>>,
}

#[derive(Debug)]
struct State<T> {
    good: Option<(Arc<T>, Instant)>,
    /// The newest question: whoever comes while it is under way waits for its answer.
    question: Arc<Question<T>>,
    /// When it was last asked for because something did not fit.
    asked_anew: Option<Instant>,
}

/// One question, and when it was answered how.
#[derive(Debug)]
struct Question<T> {
    answer: OnceCell<(Result<Arc<T>, MetadataError>, Instant)>,
}

impl<T> Default for Question<T> {
    fn default() -> Self {
        Self { answer: OnceCell::new() }
    }
}

/// What is there without asking.
pub(crate) enum Known<T> {
    Fresh(Arc<T>),
    /// It may be used, and should be asked for.
    Aging(Arc<T>),
    Unknown,
}

impl<T> Published<T> {
    pub(crate) fn new(bounds: Bounds) -> Self {
        let state = State { good: None, question: Arc::default(), asked_anew: None };
        Self { bounds, state: Mutex::new(state) }
    }

    pub(crate) fn look(&self) -> Known<T> {
        match &self.lock().good {
            Some((value, at)) if at.elapsed() < self.bounds.fresh => {
                Known::Fresh(Arc::clone(value))
            }
            Some((value, at)) if at.elapsed() < self.bounds.aging => {
                Known::Aging(Arc::clone(value))
            }
            _ => Known::Unknown,
        }
    }

    /// Asks, or waits for who is asking. The last good value serves while the issuer does not answer; one that failed is
    /// left alone for a second.
    pub(crate) async fn ask(
        &self,
        fetch: impl Future<Output = Result<T, MetadataError>>,
    ) -> Result<Arc<T>, MetadataError> {
        let question = self.question();
        let asked = async || {
            let answer = fetch.await.map(Arc::new);
            let now = Instant::now();
            if let Ok(value) = &answer {
                self.lock().good = Some((Arc::clone(value), now));
            }
            (answer, now)
        };
        let (answer, _) = question.answer.get_or_init(asked).await;
        answer.clone().or_else(|error| {
            let good = self.lock().good.clone();
            let last = good.filter(|(_, at)| at.elapsed() < self.bounds.last);
            last.map(|(value, _)| value).ok_or(error)
        })
    }

    /// Asks because something does not fit the value that was seen; `None` if that was done a moment ago, and there is
    /// nothing newer.
    ///
    /// Only what is asked in this way counts for the pause: the first that does not fit is never kept waiting.
    pub(crate) async fn ask_anew(
        &self,
        seen: &Arc<T>,
        fetch: impl Future<Output = Result<T, MetadataError>>,
    ) -> Option<Arc<T>> {
        {
            let mut state = self.lock();
            if let Some((value, _)) = state.good.as_ref().filter(|(it, _)| !Arc::ptr_eq(it, seen)) {
                return Some(Arc::clone(value));
            }
            if let Some((answer, _)) = state.question.answer.get() {
                let is_paused = state.asked_anew.is_some_and(|at| at.elapsed() < COOL_DOWN);
                if is_paused {
                    return None;
                }
                if answer.is_ok() {
                    state.question = Arc::default();
                }
                state.asked_anew = Some(Instant::now());
            }
        }
        self.ask(fetch).await.ok().filter(|value| !Arc::ptr_eq(value, seen))
    }

    /// The question to wait for.
    fn question(&self) -> Arc<Question<T>> {
        let mut state = self.lock();
        let is_over = |(answer, at): &(Result<_, _>, Instant)| {
            let pause = if answer.is_ok() { self.bounds.fresh } else { PAUSE };
            at.elapsed() >= pause
        };
        if state.question.answer.get().is_some_and(is_over) {
            state.question = Arc::default();
        }
        Arc::clone(&state.question)
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // Nothing that can panic is done while the lock is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long an issuer that failed is left alone.
const PAUSE: Duration = Duration::from_secs(1);

/// How long an issuer that was asked because something did not fit is not asked for that again.
const COOL_DOWN: Duration = Duration::from_secs(30);

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::time::advance;

    use super::*;

    const BOUNDS: Bounds = Bounds {
        fresh: Duration::from_secs(300),
        aging: Duration::from_secs(3600),
        last: Duration::from_secs(7200),
    };

    /// A source that counts how often it is asked.
    #[derive(Default)]
    struct Source {
        asked: AtomicU32,
        fails: std::sync::atomic::AtomicBool,
    }

    impl Source {
        async fn fetch(&self) -> Result<u32, MetadataError> {
            let asked = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            tokio::task::yield_now().await;
            match self.fails.load(Ordering::SeqCst) {
                true => Err(MetadataError::IssuerMismatch),
                false => Ok(asked),
            }
        }

        fn asked(&self) -> u32 {
            self.asked.load(Ordering::SeqCst)
        }

        fn fail(&self, fails: bool) {
            self.fails.store(fails, Ordering::SeqCst);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_thousand_who_wait_are_one_question() {
        let (source, published) = (Source::default(), Published::new(BOUNDS));

        let all = (0..1000).map(|_| published.ask(source.fetch()));
        let answers = futures_util::future::join_all(all).await;

        assert!(answers.iter().all(|answer| **answer.as_ref().unwrap() == 1));
        assert_eq!(source.asked(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_value_is_fresh_then_ages_and_the_last_good_one_serves_while_the_source_fails() {
        let (source, published) = (Source::default(), Published::new(BOUNDS));
        published.ask(source.fetch()).await.unwrap();

        assert!(matches!(published.look(), Known::Fresh(_)));
        advance(Duration::from_secs(300)).await;
        assert!(matches!(published.look(), Known::Aging(_)));
        source.fail(true);
        advance(Duration::from_secs(3300)).await;
        assert!(matches!(published.look(), Known::Unknown));
        assert_eq!(*published.ask(source.fetch()).await.unwrap(), 1);
        assert_eq!(*published.ask(source.fetch()).await.unwrap(), 1);
        assert_eq!(source.asked(), 2, "one that failed is left alone");
        advance(Duration::from_secs(3600)).await;
        assert!(published.ask(source.fetch()).await.is_err());
        source.fail(false);
        advance(PAUSE).await;
        assert_eq!(*published.ask(source.fetch()).await.unwrap(), 4);
    }

    #[tokio::test(start_paused = true)]
    async fn id_17_what_does_not_fit_is_asked_for_once_and_then_not_for_a_while() {
        let (source, published) = (Source::default(), Published::new(BOUNDS));
        let first = published.ask(source.fetch()).await.unwrap();

        let burst = (0..1000).map(|_| published.ask_anew(&first, source.fetch()));
        let answers = futures_util::future::join_all(burst).await;
        assert!(answers.iter().all(|answer| answer.as_deref() == Some(&2)));
        assert_eq!(source.asked(), 2, "the first is not kept waiting");
        let second = published.ask(source.fetch()).await.unwrap();
        for _ in 0..1000 {
            assert_eq!(published.ask_anew(&second, source.fetch()).await, None);
        }
        assert_eq!(source.asked(), 2);
        advance(COOL_DOWN).await;
        assert_eq!(published.ask_anew(&second, source.fetch()).await.as_deref(), Some(&3));
    }

    #[tokio::test(start_paused = true)]
    async fn a_question_whose_asker_goes_away_is_asked_by_the_next() {
        let (source, published) = (Source::default(), Published::new(BOUNDS));
        {
            let gone = std::pin::pin!(published.ask(source.fetch()));
            assert!(futures_util::future::poll_immediate(gone).await.is_none());
        }

        assert_eq!(*published.ask(source.fetch()).await.unwrap(), 2);
    }
}
