//! An entry of the catalogue: for pages, tools and tests.

use oauth_runtime::{Declaration, HasDeclaration};

/// A provider of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    type_name: &'static str,
    declaration: &'static Declaration,
}

impl Listed {
    pub(crate) const fn of<P: HasDeclaration>(type_name: &'static str) -> Self {
        Self { type_name, declaration: P::DECLARATION }
    }

    /// What its type is called here: `GitHub`.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        self.type_name
    }

    /// Everything that is known of it. Its URLs still hold their placeholders.
    #[must_use]
    pub fn declaration(&self) -> &'static Declaration {
        self.declaration
    }
}
