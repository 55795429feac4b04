import { usePick, useText } from '../../../ui/text.ts'
import { identityKinds } from '../../file/file-fields.contract.ts'
import { fileText } from './file-text.ts'

/** How a kind of document is called. */
export function useKindName(): (kind: string) => string {
  const t = useText(fileText)
  const pick = usePick()
  return (kind) => (kind === 'USCC' || kind === 'LEGACY_ORG_CODE' ? t(kind) : pick(identityKinds.find((one) => one.code === kind) ?? { zh: kind, en: kind }))
}
