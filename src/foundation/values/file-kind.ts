/** What a file is, by its content: a name can say anything. Pure; runs in the browser too, so that a wrong file is told before it is sent. */

export const fileKinds = ['PDF', 'JPEG', 'PNG', 'WEBP', 'HEIC', 'OFD', 'XLSX', 'DOCX', 'CSV', 'OLD_OFFICE', 'ZIP'] as const
export type FileKind = (typeof fileKinds)[number]

type About = { extensions: readonly string[]; type: string; zh: string; en: string }

/** Names that a file of the kind may end with, its media type, and how it is called. */
export const aboutKinds: Readonly<Record<FileKind, About>> = {
  PDF: { extensions: ['pdf'], type: 'application/pdf', zh: 'PDF', en: 'PDF' },
  JPEG: { extensions: ['jpg', 'jpeg'], type: 'image/jpeg', zh: 'JPEG 图片', en: 'JPEG picture' },
  PNG: { extensions: ['png'], type: 'image/png', zh: 'PNG 图片', en: 'PNG picture' },
  WEBP: { extensions: ['webp'], type: 'image/webp', zh: 'WebP 图片', en: 'WebP picture' },
  HEIC: { extensions: ['heic', 'heif'], type: 'image/heic', zh: 'HEIC 图片', en: 'HEIC picture' },
  OFD: { extensions: ['ofd'], type: 'application/ofd', zh: 'OFD 版式文件', en: 'OFD document' },
  XLSX: { extensions: ['xlsx'], type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', zh: 'Excel 工作簿（.xlsx）', en: 'Excel workbook (.xlsx)' },
  DOCX: { extensions: ['docx'], type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', zh: 'Word 文档（.docx）', en: 'Word document (.docx)' },
  CSV: { extensions: ['csv', 'txt'], type: 'text/csv', zh: '文本（.csv）', en: 'text (.csv)' },
  OLD_OFFICE: { extensions: ['xls', 'doc', 'ppt', 'et', 'wps'], type: 'application/octet-stream', zh: '旧版 Office 或 WPS 文件', en: 'old Office or WPS file' },
  ZIP: { extensions: ['zip'], type: 'application/zip', zh: '压缩包', en: 'archive' },
}

/** The kind of a file by what stands in it; null: none of those known here (a program, a damaged file). */
export function kindOfFile(bytes: Uint8Array): FileKind | null {
  const at = (place: number, text: string): boolean => bytes.length >= place + text.length && [...text].every((letter, index) => bytes[place + index] === letter.charCodeAt(0))
  if (at(0, '%PDF-')) return 'PDF'
  if (at(0, '\u00ff\u00d8\u00ff')) return 'JPEG'
  if (at(0, '\u0089PNG\r\n\u001a\n')) return 'PNG'
  if (at(0, 'RIFF') && at(8, 'WEBP')) return 'WEBP'
  if (at(4, 'ftyp') && ['heic', 'heix', 'hevc', 'mif1', 'msf1', 'heim', 'heis'].some((brand) => at(8, brand))) return 'HEIC'
  if (at(0, '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1')) return 'OLD_OFFICE'
  if (at(0, 'PK\u0003\u0004')) return kindOfArchive(namesInArchive(bytes))
  return isText(bytes) ? 'CSV' : null
}

/** Whether the name ends as files of this kind do. */
export function nameFits(name: string, kind: FileKind): boolean {
  return aboutKinds[kind].extensions.includes(extensionOf(name))
}

/** What stands after the last point, in small letters; empty when there is none. */
export function extensionOf(name: string): string {
  const point = name.lastIndexOf('.')
  return point < 0 ? '' : name.slice(point + 1).toLowerCase()
}

function kindOfArchive(names: readonly string[]): FileKind {
  if (names.includes('OFD.xml')) return 'OFD'
  const office = names.includes('[Content_Types].xml')
  if (office && names.some((name) => name.startsWith('xl/'))) return 'XLSX'
  if (office && names.some((name) => name.startsWith('word/'))) return 'DOCX'
  return 'ZIP'
}

/** The names in the directory at an archive's end; at most 10,000; none when the directory is damaged. Nothing is unpacked. */
function namesInArchive(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const decoder = new TextDecoder()
  const names: string[] = []
  // the end record is the last thing in the file, before a comment of at most 65,535 bytes
  for (let end = bytes.length - 22; end >= Math.max(0, bytes.length - 65_557); end--) {
    if (view.getUint32(end, true) !== 0x06054b50) continue
    let entry = view.getUint32(end + 16, true)
    for (let count = view.getUint16(end + 10, true); count > 0 && names.length < 10_000; count--) {
      if (entry + 46 > bytes.length || view.getUint32(entry, true) !== 0x02014b50) return names
      const length = view.getUint16(entry + 28, true)
      names.push(decoder.decode(bytes.subarray(entry + 46, entry + 46 + length)))
      entry += 46 + length + view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true)
    }
    return names
  }
  return names
}

/** Text in UTF-8 or GB18030 without control characters: what a .csv is. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false
  const head = bytes.subarray(0, 65_536)
  if (head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return false
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      // a character may be cut at the head's end
      new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true })
      return true
    } catch {
      // the other encoding
    }
  }
  return false
}
