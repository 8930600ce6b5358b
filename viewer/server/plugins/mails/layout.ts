/** What a mail says, without its looks. */
export interface Letter {
  readonly language: 'de' | 'en';
  readonly subject: string;
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  readonly button: { readonly label: string; readonly url: string };
  /** Small print below the button. */
  readonly note: string;
  /** Name of the company, then its address, a line each. */
  readonly sender: readonly string[];
}

/** The same letter for programs that show HTML and for those that show text. */
export function renderLetter(letter: Letter): { readonly html: string; readonly text: string } {
  return { html: html(letter), text: text(letter) };
}

function text({ greeting, paragraphs, button, note, sender }: Letter): string {
  return [greeting, ...paragraphs, `${button.label}:\n${button.url}`, note, `-- \n${sender.join('\n')}`].join('\n\n');
}

/** Tables and inline styles: what mail programs understand. Colours hold in their dark modes too. */
function html({ language, subject, greeting, paragraphs, button, note, sender }: Letter): string {
  const [company = '', ...address] = sender;
  const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
  const body = [greeting, ...paragraphs]
    .map((line) => `<p style="margin:0 0 16px;font-size:16px;line-height:24px;color:#1e2a32">${escaped(line)}</p>`)
    .join('\n');
  const url = escaped(button.url);
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:0;background:#fbfaf7;${font}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#fbfaf7"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border:1px solid #e4e0d8;border-radius:6px">
<tr><td style="padding:24px 32px 0;font-size:14px;line-height:20px;font-weight:600;color:#4d555b">${escaped(company)}</td></tr>
<tr><td style="padding:24px 32px 8px">
${body}
</td></tr>
<tr><td style="padding:8px 32px 24px">
<a href="${url}" style="display:inline-block;padding:12px 24px;border-radius:6px;background:#2f6b4f;color:#ffffff;font-size:16px;line-height:24px;font-weight:600;text-decoration:none">${escaped(button.label)}</a>
</td></tr>
<tr><td style="padding:0 32px 24px">
<p style="margin:0 0 16px;font-size:13px;line-height:20px;color:#4d555b">${escaped(note)}</p>
<p style="margin:0;font-size:13px;line-height:20px;color:#4d555b;word-break:break-all"><a href="${url}" style="color:#2f6b4f">${url}</a></p>
</td></tr>
</table>
<p style="margin:16px 0 0;font-size:12px;line-height:18px;color:#676d72">${[company, ...address].map(escaped).join('<br>')}</p>
</td></tr></table>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
