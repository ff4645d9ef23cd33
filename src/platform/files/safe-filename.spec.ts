import { safeFilename } from './safe-filename.js';

describe('a filename that somebody sent', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['見積書 2026.xlsx', '見積書 2026.xlsx'],
    ['a "quoted"; name.txt', 'a "quoted"; name.txt'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\plan.docx', 'plan.docx'],
    ['/absolute', 'absolute'],
    ['..', 'file'],
    ['folder/', 'file'],
    ['', 'file'],
    [undefined, 'file'],
    ['a\r\nX-Injected: 1', 'aX-Injected: 1'],
    ['a\u0000b', 'ab'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['\ud800.txt', '\ufffd.txt'],
  ])('%j is kept as %j', (sent, kept) => {
    expect(safeFilename(sent)).toBe(kept);
  });

  it('keeps its ending where it is too long', () => {
    const kept = safeFilename(`${'長'.repeat(400)}.pdf`);
    expect([...kept]).toHaveLength(255);
    expect(kept.endsWith('長.pdf')).toBe(true);
  });
});
