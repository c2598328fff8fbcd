//! Text of a program, made safe to show: nothing in it moves a cursor, changes a colour or turns the direction of a line.

/// The text on one line, without escape codes, control characters and characters that are only there to steer a display.
pub(super) fn plain(text: &str) -> String {
    // Most texts are plain already, and there may be a hundred thousand of them.
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.to_string();
    }
    let text = anstream::adapter::strip_str(text).to_string();
    let shown = |c: &char| !c.is_control() && !steers(*c);
    text.chars().map(|c| if matches!(c, '\t' | '\n') { ' ' } else { c }).filter(shown).collect()
}

/// Marks of direction and invisible joiners, and what XML 1.0 forbids. Without the joiners and variation selectors a text
/// is never wider than its characters one by one, so that it can be cut anywhere.
fn steers(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn nothing_is_left_that_steers_a_terminal() {
        assert_eq!(plain("\u{1b}[31mred\u{1b}[0m \u{7}\u{202e}bell\r\n\tend\u{9b}2J"), "red bell  end2J");
    }

    #[test]
    fn letters_of_every_language_stay() {
        assert_eq!(plain("naïve 数字 שלום e\u{301} 🦀"), "naïve 数字 שלום e\u{301} 🦀");
    }
}
