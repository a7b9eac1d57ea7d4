export { renderText } from './render-text.js';
export { renderMarkdown } from './render-markdown.js';
export { escaped, renderHtml } from './render-html.js';
export { renderPdf } from './render-pdf.js';
export { DOCUMENT_CONTENT, MEDIA_TYPES, type MediaType, render, type Rendered } from './formats.js';
export { type ChangedCase, csvHeader, csvLine } from './replay-csv.js';
export { type DrawnReplay, replayDiagram } from './replay-diagram.js';
