import { Tag } from '../../../ui/Tag.tsx'
import { useText } from '../../../ui/text.ts'
import type { HandOverRow } from '../../ownership/hand-over.contract.ts'
import { ownershipText } from './ownership-text.ts'

/** The state of a hand-over as a word with its icon. */
export function StateTag({ state, emergency = false }: { state: HandOverRow['state']; emergency?: boolean }) {
  const t = useText(ownershipText)
  if (emergency) return <Tag tone="warning" icon="■">{t('EMERGENCY')}</Tag>
  if (state === 'CLOSED') return <Tag tone="success" icon="✓">{t(state)}</Tag>
  if (state === 'WITHDRAWN') return <Tag>{t(state)}</Tag>
  return <Tag tone={state === 'FOLLOW_UP' || state === 'EFFECTIVE' ? 'success' : 'info'}>{t(state)}</Tag>
}
