// A film is one block of bytes: the length of its header, the header in JSON, then its arrays, read where they lie.

const TYPES = { f4: Float32Array, f8: Float64Array, u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, i1: Int8Array, i2: Int16Array, i4: Int32Array };

// -> { header, arrays: { name: { data, shape, words, unit, label, low, high, row(q), at(q, ...) } }, events, dates, members }
// bytes: ArrayBuffer, DataView or typed array. Throws Error for what is no film.
export function decode(bytes) {
  let { buffer, byteOffset, byteLength } = bytes.buffer ? bytes : { buffer: bytes, byteOffset: 0, byteLength: bytes.byteLength };
  const length = new DataView(buffer, byteOffset, 4).getUint32(0, true);
  if (length + 4 > byteLength) throw new Error("not a film: its header is longer than itself");
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, byteOffset + 4, length)));
  let start = Math.ceil((4 + length) / 8) * 8;
  if ((byteOffset + start) % 8) {
    // typed arrays read at whole steps only; a block that came at an odd place is copied once
    buffer = buffer.slice(byteOffset, byteOffset + byteLength);
    byteOffset = 0;
  }
  const arrays = {};
  for (const [name, told] of Object.entries(header.arrays)) {
    const Type = TYPES[told.type];
    const count = told.shape.reduce((product, size) => product * size, 1);
    const data = new Type(buffer, byteOffset + start + told.offset, count);
    arrays[name] = new Column(data, told);
  }
  return { header, arrays, events: header.events || [], dates: header.dates || [], members: header.members || [] };
}

class Column {
  constructor(data, told) {
    Object.assign(this, told);
    this.data = data;
    this.width = told.shape.slice(1).reduce((product, size) => product * size, 1);
  }
  // all values of one quarter (or of one row of a table without time)
  row(first) {
    return this.data.subarray(first * this.width, (first + 1) * this.width);
  }
  // one value
  at(first, second = 0) {
    return this.data[first * this.width + second];
  }
  // one value as it is meant: rounded ones put back on their scale, null where there is none
  value(first, second = 0) {
    const raw = this.at(first, second);
    if (this.missing !== undefined && raw === this.missing) return null;
    if (!this.levels) return Number.isNaN(raw) ? null : raw;
    return raw > this.levels ? null : this.low + (raw * (this.high - this.low)) / this.levels;
  }
  // the word that stands for a value, where values stand for words
  word(first, second = 0) {
    return this.words ? this.words[this.at(first, second)] : undefined;
  }
}
