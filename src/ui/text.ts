import { useCallback } from 'react'
import { settingsNow, useSettings, type Language } from './settings.ts'

/** A text shown to people: Chinese first, English second. */
export type Text = { readonly zh: string; readonly en: string }
export type Catalogue = Readonly<Record<string, Text>>

/** Names in braces: "{count} 位" needs `count`. */
type Places<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? (Name extends `${infer Count}|${string}` ? Count : Name) | Places<Rest> : never
type PlacesOf<T extends Text> = Places<T['zh']> | Places<T['en']>
type Fill<T extends Text> = [PlacesOf<T>] extends [never] ? [] : [values: Readonly<Record<PlacesOf<T>, string | number>>]

/** The texts of one folder. A key that is missing, a language that is missing and a place that is not filled do not compile. */
export function defineText<const C extends Catalogue>(catalogue: C): C {
  return catalogue
}

/** Fills "{name}" places. English chooses a form by number with "{count|row|rows}". */
export function fill(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text
    .replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (_whole, name: string, one: string, many: string) => (Number(values[name]) === 1 ? one : many))
    .replace(/\{(\w+)\}/g, (whole, name: string) => (values[name] === undefined ? whole : String(values[name])))
}

/** One text in one language, filled. */
export function say<T extends Text>(text: T, language: Language, values?: Readonly<Record<string, string | number>>): string {
  return fill(text[language], values)
}

export type Say<C extends Catalogue> = <K extends keyof C & string>(key: K, ...values: Fill<C[K]>) => string

/** `const t = useText(texts); t('saved', { time })`. */
export function useText<const C extends Catalogue>(catalogue: C): Say<C> {
  const { language } = useSettings()
  return useCallback((key, ...[values]) => fill((catalogue[key] as Text)[language], values as Record<string, string | number> | undefined), [catalogue, language])
}

/** For texts that come with data (a contract's, a screen's title): `const pick = usePick(); pick(screen.title)`. */
export function usePick(): (text: Text) => string {
  const { language } = useSettings()
  return useCallback((text) => text[language], [language])
}

/**
 * A mark between words as the reader's language writes it: `names.join(mark('、'))`, `{label}{mark('：')}{value}`. Texts of the catalogue have their own marks; this is for what is put together of data.
 * Only inside of a component that reads its texts by `useText`: that one draws anew when the language changes.
 */
export const mark = (zh: keyof typeof marks): string => (settingsNow().language === 'zh' ? zh : marks[zh])
/** "a（b）" or "a (b)". */
export const aside = (word: string, more: string): string => `${word}${mark('（')}${more}${mark('）')}`
const marks = { '、': ', ', '，': ', ', '；': '; ', '：': ': ', '。': '. ', '（': ' (', '）': ')' } as const

/** The part for the reader of a text that names both languages at once, as the command line writes them: "装载 / loading". A text without " / " is for both. */
export function inLanguage(text: string | null, language: Language): string | null {
  const [zh = null, en = zh] = text?.split(' / ') ?? []
  return language === 'zh' ? zh : en
}

/** Shortens a count: exact to the bound that was counted, then "1 万以上". */
export function countText(count: { value: number; exact: boolean }, language: Language): string {
  const digits = count.value.toLocaleString('en-US')
  if (count.exact) return digits
  if (language === 'en') return `${digits}+`
  return count.value >= 10_000 && count.value % 10_000 === 0 ? `${count.value / 10_000} 万以上` : `${digits} 以上`
}
