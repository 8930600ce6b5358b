import { z } from 'zod';

/**
 * The body of a notice: a ProseMirror document in JSON, as the editor (Tiptap) writes it. Anybody who can reach the wire
 * can write one too, so it is accepted only node by node and mark by mark; what a face shows is decided once more there.
 */

/** Nodes inside nodes; lists in lists in quotes stay far below. */
const maxDepth = 30;
/** Longest address of a link. */
const maxHref = 2000;

/** Schemes that open a page, a mail or a call, and nothing else. No control or blank characters, no credentials. */
const href = z
  .string()
  .max(maxHref)
  .regex(/^(https?:\/\/[^\s/?#@\\]+([/?#][^\s\\]*)?|mailto:[^\s\\]+|tel:[+0-9 ()/.-]+)$/i, 'href')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keeping control characters out is the point
  .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069<>"'`]*$/, 'href');

/** Attributes that the editor adds on its own and nobody uses. */
const unused = z.union([z.null(), z.string().max(200)]).optional();
const noAttrs = z.strictObject({}).optional();

const mark = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bold'), attrs: noAttrs }),
  z.strictObject({ type: z.literal('italic'), attrs: noAttrs }),
  z.strictObject({ type: z.literal('underline'), attrs: noAttrs }),
  z.strictObject({ type: z.literal('strike'), attrs: noAttrs }),
  z.strictObject({ type: z.literal('code'), attrs: noAttrs }),
  z.strictObject({
    type: z.literal('link'),
    attrs: z.strictObject({ href, target: unused, rel: unused, class: unused, title: unused }),
  }),
]);

const text = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1),
  marks: z.array(mark).max(10).optional(),
});
const hardBreak = z.strictObject({ type: z.literal('hardBreak'), marks: z.array(mark).max(10).optional() });
const inline = z.array(z.discriminatedUnion('type', [text, hardBreak])).optional();
const plainText = z.array(z.strictObject({ type: z.literal('text'), text: z.string().min(1) })).optional();

const paragraph = z.strictObject({ type: z.literal('paragraph'), attrs: noAttrs, content: inline });
const heading = z.strictObject({
  type: z.literal('heading'),
  attrs: z.strictObject({ level: z.int().min(1).max(6) }),
  content: inline,
});
const codeBlock = z.strictObject({
  type: z.literal('codeBlock'),
  attrs: z.strictObject({ language: unused }).optional(),
  content: plainText,
});
const horizontalRule = z.strictObject({ type: z.literal('horizontalRule') });

const block: z.ZodType = z.lazy(() =>
  z.discriminatedUnion('type', [
    paragraph,
    heading,
    codeBlock,
    horizontalRule,
    z.strictObject({ type: z.literal('blockquote'), content: z.array(block).min(1) }),
    z.strictObject({ type: z.literal('bulletList'), attrs: noAttrs, content: z.array(listItem).min(1) }),
    z.strictObject({
      type: z.literal('orderedList'),
      attrs: z.strictObject({ start: z.int().min(0).max(1_000_000), type: unused }).optional(),
      content: z.array(listItem).min(1),
    }),
  ]),
);

const listItem = z.strictObject({ type: z.literal('listItem'), content: z.array(block).min(1) });

/** The document itself, parsed from JSON. */
const noticeBody = z.strictObject({ type: z.literal('doc'), content: z.array(block).min(1) });

/** Whether a text is a body that may be kept: JSON, not too deep, only what is on the list. Never throws. */
export function isNoticeBody(source: string): boolean {
  try {
    const parsed: unknown = JSON.parse(source);
    return depthOf(parsed) <= 2 * maxDepth && noticeBody.safeParse(parsed).success;
  } catch {
    return false;
  }
}

/** Arrays and objects inside each other, counted without recursion, so that no text can exhaust the stack. */
function depthOf(value: unknown): number {
  let depth = 0;
  let level: readonly unknown[] = [value];
  while (level.length > 0 && depth <= 2 * maxDepth) {
    const inner = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
    depth += 1;
    level = inner;
  }
  return depth;
}
