/** Writes `2 / 3` at the foot of every page; it is no part of what is read aloud. */
export function numberPages(doc: PDFKit.PDFDocument): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    const { margins, width, height } = doc.page;
    // Below the margin, where text would otherwise begin another page.
    const bottom = margins.bottom;
    margins.bottom = 0;
    doc.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] });
    doc.font('regular').fontSize(8).fillColor('#4a4a4a');
    doc.text(`${page - start + 1} / ${count}`, margins.left, height - bottom / 2, {
      width: width - margins.left - margins.right,
      align: 'center',
      lineBreak: false,
    });
    doc.endMarkedContent();
    margins.bottom = bottom;
  }
}
