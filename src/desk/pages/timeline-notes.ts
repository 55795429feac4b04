import { tierReason } from '../../customers/tiers/tier-reason.rules.ts'
import type { Language } from '../../ui/settings.ts'

/** Notes of the timeline that the product wrote itself, by kind of event: told in the reader's language. What a person wrote stays as it is. `money`: how the bank's money is called in English. */
export const noteTellers: Readonly<Record<string, (note: string, language: Language, money: string) => string>> = {
  TIER: (note, language, money) => tierReason(note, language === 'en', money),
}
