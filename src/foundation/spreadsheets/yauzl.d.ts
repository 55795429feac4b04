declare module 'yauzl' {
  export type Entry = { fileName: string; uncompressedSize: number; compressedSize: number }
  export type ZipFile = {
    readEntry(): void
    close(): void
    openReadStream(entry: Entry, done: (error: Error | null, stream?: import('node:stream').Readable) => void): void
    on(event: 'entry', listener: (entry: Entry) => void): void
    on(event: 'end' | 'close', listener: () => void): void
    on(event: 'error', listener: (error: Error) => void): void
  }
  export function fromBuffer(content: Buffer, options: { lazyEntries: boolean }, done: (error: Error | null, zip?: ZipFile) => void): void
  export function open(path: string, options: { lazyEntries: boolean; autoClose?: boolean }, done: (error: Error | null, zip?: ZipFile) => void): void
}
