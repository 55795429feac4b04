import type { BilingualText } from '../config/named-failure.ts'
import { inOneLine, type CommandLanguage } from './language.ts'

/** How far a stage of work is. `seconds` since the stage began; total null: unknown. */
export type ProgressState = { stage: BilingualText; done: number; total: number | null; seconds: number }

/** One line: stage, how much of how much, rate, remaining time. */
export function describeProgress({ stage, done, total, seconds }: ProgressState, language: CommandLanguage): string {
  const parts = [inOneLine(stage, language)]
  if (total !== null || done > 0) parts.push(total === null ? grouped(done) : `${grouped(done)} / ${grouped(total)}${total > 0 ? ` (${Math.floor((done / total) * 100)}%)` : ''}`)
  const rate = seconds > 0.5 ? done / seconds : 0
  if (rate > 0) parts.push(`${grouped(rate >= 10 ? Math.round(rate) : Number(rate.toFixed(1)))}/s`)
  // an early rate misleads: the remaining time is told from the third second on
  if (rate > 0 && total !== null && done < total && seconds >= 3) {
    const rest = duration((total - done) / rate)
    parts.push(inOneLine({ zh: `剩余 ${rest}`, en: `${rest} left` }, language))
  }
  return parts.join('  ')
}

/** 42 s, 3 min 20 s, 2 h 05 min. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`
}

const grouped = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 1 })

type Screen = { isTTY?: boolean; columns?: number; write(text: string): unknown }

/** Shows how far work is on stderr: one line that is rewritten on a terminal, else a line at each stage and every ten seconds. */
export class Progress {
  readonly #screen: Screen
  readonly #language: CommandLanguage
  readonly #now: () => number
  #stage = ''
  #began = 0
  #shown = -Infinity
  #open = false

  constructor(language: CommandLanguage, screen: Screen = process.stderr, now: () => number = () => performance.now()) {
    this.#language = language
    this.#screen = screen
    this.#now = now
  }

  show(stage: BilingualText, done = 0, total: number | null = null): void {
    const now = this.#now()
    const isNew = stage.zh !== this.#stage
    if (isNew) {
      this.#clear()
      this.#stage = stage.zh
      this.#began = now
    }
    const terminal = this.#screen.isTTY === true
    if (!isNew && done !== total && now - this.#shown < (terminal ? 100 : 10_000)) return
    this.#shown = now
    const line = describeProgress({ stage, done, total, seconds: (now - this.#began) / 1000 }, this.#language)
    if (!terminal) {
      this.#screen.write(`${line}\n`)
      return
    }
    this.#screen.write(`\r\u001b[K${cut(line, (this.#screen.columns ?? 80) - 1)}`)
    this.#open = true
  }

  /** A line that stays. */
  tell(text: string): void {
    this.#clear()
    this.#screen.write(`${text}\n`)
  }

  end(): void {
    this.#clear()
    this.#stage = ''
  }

  #clear(): void {
    if (this.#open) this.#screen.write('\r\u001b[K')
    this.#open = false
  }
}

// Chinese characters take two columns; a line that wraps could not be rewritten.
function cut(line: string, columns: number): string {
  let width = 0
  let text = ''
  for (const character of line) {
    width += (character.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1
    if (width > columns) return text
    text += character
  }
  return text
}
