//! Whether a stub and its solution offer the same: every item of the stub is in the solution, with the same
//! signature and the same docs. The solution may have further private items.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{
    Attribute, Block, Expr, File, FnArg, ImplItem, Item, Pat, Signature, Visibility, parse_quote,
    visit_mut::{self, VisitMut},
};

/// Compares two source texts. Each difference is a sentence; none means alike.
pub(crate) fn differences(stub: &str, solution: &str) -> Vec<String> {
    let (stub, solution) = match (syn::parse_file(stub), syn::parse_file(solution)) {
        (Ok(stub), Ok(solution)) => (Outline::of(stub), Outline::of(solution)),
        (Err(error), _) => return vec![format!("the stub cannot be parsed: {error}")],
        (_, Err(error)) => return vec![format!("the solution cannot be parsed: {error}")],
    };
    let missing_or_other = stub.items.iter().filter_map(|(name, text)| match solution.items.get(name) {
        None => Some(format!("the solution has no {name}")),
        Some(other) if other == text => None,
        Some(other) => Some(format!("{name} differs:\n  stub:     {text}\n  solution: {other}")),
    });
    let public = solution.public.iter().filter(|name| !stub.items.contains_key(*name));
    missing_or_other.chain(public.map(|name| format!("the stub has no {name}, which is public"))).collect()
}

/// The items of a file without the insides of functions, by what they are.
#[derive(Default)]
struct Outline {
    items: BTreeMap<String, String>,
    public: Vec<String>,
}

impl Outline {
    fn of(mut file: File) -> Outline {
        OnlyOutside.visit_file_mut(&mut file);
        let mut outline = Outline::default();
        let docs: Vec<String> = file.attrs.iter().map(text).collect();
        outline.items.insert("the text at the top of the file".into(), docs.concat());
        file.items.iter().for_each(|item| outline.take(item));
        outline
    }

    fn take(&mut self, item: &Item) {
        let (kind, name, visibility) = match item {
            Item::Fn(item) => ("fn", text(&item.sig.ident), &item.vis),
            Item::Struct(item) => ("struct", text(&item.ident), &item.vis),
            Item::Enum(item) => ("enum", text(&item.ident), &item.vis),
            Item::Trait(item) => ("trait", text(&item.ident), &item.vis),
            Item::Type(item) => ("type", text(&item.ident), &item.vis),
            Item::Const(item) => ("const", text(&item.ident), &item.vis),
            Item::Static(item) => ("static", text(&item.ident), &item.vis),
            Item::Mod(item) if item.ident != "checks" => ("mod", text(&item.ident), &item.vis),
            Item::Impl(item) => return self.take_impl(item),
            _ => return,
        };
        let name = format!("{kind} {name}");
        if !matches!(visibility, Visibility::Inherited) {
            self.public.push(name.clone());
        }
        self.items.insert(name, text(item));
    }

    /// Item by item, so that a solution may add private methods of its own.
    fn take_impl(&mut self, block: &syn::ItemImpl) {
        let mut header = block.clone();
        header.items.clear();
        let of = text(&header).replace(" { }", "");
        for item in &block.items {
            let name = match item {
                ImplItem::Fn(item) => format!("fn {} in {of}", item.sig.ident),
                ImplItem::Type(item) => format!("type {} in {of}", item.ident),
                ImplItem::Const(item) => format!("const {} in {of}", item.ident),
                _ => continue,
            };
            self.items.insert(name, text(item));
        }
    }
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

/// Removes what stub and solution need not share: bodies, values, attributes other than docs, and the underscore or
/// `mut` that the name of a parameter may need in one of them.
struct OnlyOutside;

impl VisitMut for OnlyOutside {
    fn visit_block_mut(&mut self, block: &mut Block) {
        block.stmts.clear();
    }

    fn visit_item_const_mut(&mut self, item: &mut syn::ItemConst) {
        visit_mut::visit_item_const_mut(self, item);
        *item.expr = no_value();
    }

    fn visit_item_static_mut(&mut self, item: &mut syn::ItemStatic) {
        visit_mut::visit_item_static_mut(self, item);
        *item.expr = no_value();
    }

    fn visit_signature_mut(&mut self, signature: &mut Signature) {
        for input in &mut signature.inputs {
            if let FnArg::Typed(argument) = input
                && let Pat::Ident(name) = &mut *argument.pat
            {
                name.mutability = None;
                let plain = name.ident.to_string().trim_start_matches('_').to_string();
                if let Ok(ident) = syn::parse_str(&plain) {
                    name.ident = ident;
                }
            }
        }
        visit_mut::visit_signature_mut(self, signature);
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes.retain(|attribute| attribute.path().is_ident("doc"));
    }
}

fn no_value() -> Expr {
    parse_quote!(())
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[test]
    fn bodies_imports_and_private_additions_may_differ() {
        let stub = "//! Top.\n/// Adds.\nasync fn add(_a: u8) -> u8 { todo!(\"add\") }";
        let solution = "//! Top.\nuse std::io;\nfn more() {}\n/// Adds.\nasync fn add(mut a: u8) -> u8 { a += 1; a }";
        assert_eq!(differences(stub, solution), [""; 0]);
    }

    #[test]
    fn a_signature_a_doc_comment_and_a_missing_item_are_told() {
        let stub = "/// Adds.\nfn add(a: u8) {}\nfn gone() {}\nimpl S { fn f(&self) {} }";
        let solution = "/// Adds!\nfn add(a: u8) {}\nimpl S { fn f(self) {} }\npub fn extra() {}";
        let told = differences(stub, solution);
        assert_eq!(told.len(), 4, "{told:#?}");
        assert!(told[0].starts_with("fn add differs"), "{told:#?}");
        assert!(told[1].starts_with("fn f in impl S differs"), "{told:#?}");
        assert_eq!(told[2], "the solution has no fn gone");
        assert_eq!(told[3], "the stub has no fn extra, which is public");
    }
}
