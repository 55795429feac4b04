import { Converter } from 'opencc-js/t2cn'

let convert: ((text: string) => string) | undefined

/** Traditional and variant characters as simplified ones: 鑫發貿易 → 鑫发贸易. For comparing only; what is kept and shown stays as in the papers. */
export function simplified(text: string): string {
  const done = (convert ??= Converter({ from: 't', to: 'cn' }))
  return done(text)
}
