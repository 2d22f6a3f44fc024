import { describe, expect, it } from 'vitest';
import { csvCell, csvLine } from '../../../../src/domain/data/csvText';

describe('values as CSV', () => {
  it('guards text that a spreadsheet would run, and leaves numbers alone', () => {
    expect(csvCell('=1+1', 'text')).toBe("'=1+1");
    expect(csvCell('@cmd', 'text')).toBe("'@cmd");
    expect(csvCell('-5', 'number')).toBe('-5');
  });
  it('quotes what would break a record', () => {
    expect(csvCell('a,b', 'text')).toBe('"a,b"');
    expect(csvCell('say "hi"\n', 'text')).toBe('"say ""hi""\n"');
    expect(csvCell(null, 'text')).toBe('');
    expect(csvLine(['a', 'b'])).toBe('a,b\r\n');
  });
});
