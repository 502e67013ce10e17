/** Small whole files of every format, made here: what the hostile files are broken copies of. */
import { gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'

const TEXT = Array.from(
  { length: 40 },
  (_, n) => `Paragraph ${n}: the whale rises to the surface and breathes, then it is gone for an hour.`,
)

/** Sample files: name to bytes. The ending tells the format. */
export function samples() {
  const files = {
    'markdown.md': `---\ntitle: Whales\ntags: [sea, whale]\n---\n# Whales\n\n${TEXT.join('\n\n')}\n\n\`\`\`js\nlet a = 1\n\`\`\`\n`,
    'rest.rst': `Whales\n======\n\n${TEXT.join('\n\n')}\n\n.. code::\n\n   a = 1\n`,
    'plain.txt': TEXT.join('\n\n'),
    'subtitles.srt': TEXT.map(
      (line, n) => `${n + 1}\n00:00:${10 + n},000 --> 00:00:${11 + n},000\n${line}\n`,
    ).join('\n'),
    'page.html': page(
      `<nav>Menu</nav><main><h1>Whales</h1>${TEXT.map(line => `<p>${line}</p>`).join('\n')}</main>`,
    ),
    'rich.rtf': `{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 A;}}{\\info{\\title W}}${TEXT.map(line => `${line}\\par`).join('\n')} caf\\'e9 \\u40120?\\par}`,
    'data.json': JSON.stringify({ title: 'Whales', paragraphs: TEXT }, null, 1),
    'table.csv': `number,text\n${TEXT.map((line, n) => `${n},"${line}"`).join('\n')}\n`,
    'lines.jsonl': TEXT.map((line, n) => JSON.stringify({ n, line })).join('\n'),
    'book.ipynb': JSON.stringify({
      cells: TEXT.map(line => ({ cell_type: 'markdown', source: [line] })),
      nbformat: 4,
    }),
    'mail.eml': `From: a@example.org\nTo: b@example.org\nSubject: Whales\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n${TEXT.join('\n\n')}\n`,
    'paper.tex': `\\documentclass{article}\\begin{document}\\section{Whales}\n${TEXT.join('\n\n')}\n\\end{document}\n`,
    'guide.adoc': `= Whales\n\n== One\n\n${TEXT.join('\n\n')}\n`,
    'notes.org': `* Whales\n\n${TEXT.join('\n\n')}\n`,
    'whale.1': `.TH WHALE 1\n.SH NAME\nwhale \\- a whale\n.SH DESCRIPTION\n${TEXT.join('\n.PP\n')}\n`,
    'code.py': `def whale():\n    return 1\n\n${TEXT.map(line => `# ${line}`).join('\n\n')}\n`,
    'legacy.txt': Buffer.from(TEXT.join('\n\n').replaceAll('a', 'ä'), 'latin1'),
    'wide.txt': Buffer.from(TEXT.join('\n\n'), 'utf16le'),
    'pages.pdf': pdf(TEXT),
    'word.docx': office('word/document.xml', {
      'word/document.xml': `<w:document><w:body>${TEXT.map(line => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`).join('')}</w:body></w:document>`,
      'docProps/core.xml': '<c><dc:title>Whales</dc:title></c>',
    }),
    'slides.pptx': office('ppt/presentation.xml', {
      'ppt/presentation.xml': '<p:presentation><p:sldId id="1" r:id="rId1"/></p:presentation>',
      'ppt/_rels/presentation.xml.rels': relations('slide', 'slides/1.xml'),
      'ppt/slides/1.xml': `<p:sld><p:sp>${TEXT.map(line => `<a:p><a:t>${line}</a:t></a:p>`).join('')}</p:sp></p:sld>`,
    }),
    'sheet.xlsx': office('xl/workbook.xml', {
      'xl/workbook.xml': '<workbook><sheet name="A" r:id="rId1"/></workbook>',
      'xl/_rels/workbook.xml.rels': relations('worksheet', '1.xml'),
      'xl/1.xml': `<worksheet>${TEXT.map((line, n) => `<row r="${n + 1}"><c r="A${n + 1}" t="str"><v>${line}</v></c><c><v>${n}</v></c></row>`).join('')}</worksheet>`,
    }),
    'text.odt': zip({
      mimetype: 'application/vnd.oasis.opendocument.text',
      'content.xml': `<office:document-content><office:body><office:text>${TEXT.map(line => `<text:p>${line}</text:p>`).join('')}</office:text></office:body></office:document-content>`,
    }),
    'book.epub': zip({
      'META-INF/container.xml': '<container><rootfile full-path="o.opf"/></container>',
      'o.opf':
        '<package><metadata><dc:title>W</dc:title></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
      'a.xhtml': page(TEXT.map(line => `<p>${line}</p>`).join('')),
    }),
  }
  files['packed.md.gz'] = gzipSync(files['markdown.md'])
  files['archive.zip'] = zip({
    'a/plain.txt': files['plain.txt'],
    'page.html': files['page.html'],
    'pages.pdf': files['pages.pdf'],
  })
  files['nested.zip'] = zip({ 'archive.zip': files['archive.zip'], 'word.docx': files['word.docx'] })
  return new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(content)]))
}

/** Files made to exhaust whoever opens them. */
export function bombs() {
  const zeros = Buffer.alloc(120 << 20)
  let nested = zip({ 'a.txt': 'deep' })
  for (let depth = 0; depth < 12; depth++) nested = zip({ 'in.zip': nested, 'beside.zip': nested })
  const entities = `<!DOCTYPE x [<!ENTITY a "lol">${Array.from({ length: 20 }, (_, n) => `<!ENTITY ${'b'.repeat(n + 1)} "${`&${'b'.repeat(n) || 'a'};`.repeat(10)}">`).join('')}<!ENTITY e SYSTEM "file:///etc/passwd">]>`
  const forms = Array.from({ length: 9 }, (_, n) => form('/X Do '.repeat(20), n + 11))
  return new Map(
    Object.entries({
      'zeros.zip': zip({ 'zeros.txt': zeros }),
      'many.zip': zip(Object.fromEntries(Array.from({ length: 70_000 }, (_, n) => [`${n}.txt`, 'x']))),
      'zeros.txt.gz': gzipSync(zeros),
      'nested-bomb.zip': nested,
      'zeros.docx': office('word/document.xml', { 'word/document.xml': zeros }),
      'entities.docx': office('word/document.xml', {
        'word/document.xml': `${entities}<w:document><w:body><w:p><w:r><w:t>&${'b'.repeat(20)};&e;</w:t></w:r></w:p></w:body></w:document>`,
      }),
      'entities.html': `${entities}<html><body><p>&${'b'.repeat(20)};&e;</p></body></html>`,
      'deep.html': `${'<div>'.repeat(300_000)}deep${'</b>'.repeat(300_000)}`,
      'deep.rtf': `{\\rtf1 ${'{\\b '.repeat(500_000)}deep}`,
      'deep.json': `${'['.repeat(500_000)}1${']'.repeat(500_000)}`,
      'forms.pdf': pdfOf([...forms, form('BT /F1 9 Tf (x) Tj ET', 20)], '/X Do'),
      'loop.pdf': pdfOf([form('/X Do '.repeat(20), 10)], '/X Do'),
      'line.txt': 'whale '.repeat(5_000_000),
      'line.md': '['.repeat(2_000_000),
      'line.csv': '"'.repeat(5_000_001),
      'line.html': `<p ${'a '.repeat(3_000_000)}`,
    }).map(([name, content]) => [name, Buffer.from(content)]),
  )
}

function page(body) {
  return `<!doctype html><html lang="en"><head><title>Whales</title><script>var a</script></head><body>${body}</body></html>`
}

function zip(members) {
  const bytes = Object.entries(members).map(([name, content]) => [
    name,
    typeof content === 'string' ? strToU8(content) : content,
  ])
  return zipSync(Object.fromEntries(bytes))
}

function relations(kind, target) {
  return `<Relationships><Relationship Id="rId1" Type="x/${kind}" Target="${target}"/></Relationships>`
}

function office(part, members) {
  return zip({ '_rels/.rels': relations('officeDocument', part), ...members })
}

function pdf(lines) {
  const content = lines.map((line, n) => `BT /F1 10 Tf 50 ${780 - 14 * n} Td (${line}) Tj ET`).join('\n')
  return pdfOf([], content)
}

/** A page with a content, which may draw objects 10, 11 ... as `/X`. */
function pdfOf(objects, content) {
  const resources = '/Font << /F1 4 0 R >> /XObject << /X 10 0 R >>'
  const all = [
    [1, '<< /Type /Catalog /Pages 2 0 R >>'],
    [2, '<< /Type /Pages /Count 1 /Kids [3 0 R] >>'],
    [
      3,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << ${resources} >> >>`,
    ],
    [4, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
    [5, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`],
    ...objects.map((object, n) => [10 + n, object]),
  ]
  const body = all.map(([number, object]) => `${number} 0 obj\n${object}\nendobj\n`).join('')
  return `%PDF-1.4\n${body}trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`
}

function form(content, next) {
  return `<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 4 0 R >> /XObject << /X ${next} 0 R >> >> /Length ${content.length} >>\nstream\n${content}\nendstream`
}
