import type { BilingualText } from '../config/named-failure.ts'

export type CommandLanguage = 'zh' | 'en' | 'both'

/** Language of a command: --lang, else YINQIAO_LANG, else LANG; both when none of them says (the usual `C.UTF-8` does not). */
export function languageOf(args: readonly string[], environment: NodeJS.ProcessEnv): CommandLanguage {
  const place = args.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const word = place < 0 ? undefined : args[place]?.includes('=') ? args[place]?.slice('--lang='.length) : args[place + 1]
  for (const wish of [word, environment['YINQIAO_LANG']]) if (wish === 'zh' || wish === 'en' || wish === 'both') return wish
  const system = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || ''
  return /^zh/i.test(system) ? 'zh' : /^en/i.test(system) ? 'en' : 'both'
}

/** One line in one language; Chinese, then English in the next line when both are wanted. */
export function inLanguage(text: BilingualText, language: CommandLanguage): string {
  return language === 'both' ? `${text.zh}\n${text.en}` : text[language]
}

/** For places that have one line: `中文 / English`. */
export function inOneLine(text: BilingualText, language: CommandLanguage): string {
  return language === 'both' ? (text.zh === text.en ? text.zh : `${text.zh} / ${text.en}`) : text[language]
}
