import { useMemo } from 'react'
import { useContract } from '../../ui/client.ts'
import type { Choice } from '../../ui/fields.tsx'
import { useSettings } from '../../ui/settings.ts'
import { listInstitutions } from '../institution.contract.ts'
import { listPosts } from '../person.contract.ts'

/** Units of the day for a field, deeper ones further in. */
export function useUnitOptions(): readonly Choice[] {
  const { language } = useSettings()
  const { data } = useContract(listInstitutions, { query: {} })
  return useMemo(() => (data?.items ?? []).map((unit) => ({
    value: String(unit.key), label: `${'\u3000'.repeat(unit.path.split('.').length - 1)}${language === 'zh' ? unit.name : unit.nameEn}`,
  })), [data, language])
}

export function usePostOptions(): readonly Choice[] {
  const { language } = useSettings()
  const { data } = useContract(listPosts, {})
  return useMemo(() => (data?.items ?? []).map((post) => ({ value: post.code, label: language === 'zh' ? post.name : post.nameEn })), [data, language])
}
