import { fromBuffer } from 'yauzl'

/** The text of one XML file in an archive (a Word document, a workbook), without its tags. */
export function unzipText(bytes: Uint8Array, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, archive) => {
      if (!archive) return reject(error ?? new Error('no archive'))
      archive.on('entry', (entry: { fileName: string }) => {
        if (entry.fileName !== name) return archive.readEntry()
        archive.openReadStream(entry as Parameters<typeof archive.openReadStream>[0], (failure, stream) => {
          if (!stream) return reject(failure ?? new Error('no stream'))
          const parts: Buffer[] = []
          stream.on('data', (part: Buffer) => parts.push(part))
          stream.on('end', () => resolve(Buffer.concat(parts).toString('utf8').replace(/<[^>]+>/g, '')))
        })
      })
      archive.on('end', () => reject(new Error(`no ${name}`)))
      archive.readEntry()
    })
  })
}
