//! Strings and lists that are borrowed in generated code and owned at run time.

use std::borrow::Cow;

/// A string that is borrowed in generated code and owned in a declaration made at run time.
pub type Text = Cow<'static, str>;

/// A list that is borrowed in generated code and owned in a declaration made at run time.
pub type List<T> = Cow<'static, [T]>;
