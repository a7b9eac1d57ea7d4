export { renderText } from './render-text.js';
export { renderMarkdown } from './render-markdown.js';
export { renderHtml } from './render-html.js';
export { renderPdf } from './render-pdf.js';
export { acceptedFormat, type Format, FORMATS, MEDIA_TYPES, render, type Rendered } from './formats.js';
