import { Button, Tooltip } from 'antd'
import { useState } from 'react'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { Tag } from '../../../ui/Tag.tsx'
import { useText } from '../../../ui/text.ts'
import { listCustomerTags, untagCustomer } from '../../lists/tag.contract.ts'
import { TagDrawer } from './BatchDrawers.tsx'
import { listsText } from './lists-text.ts'

/** The customer's tags with whom they are from, and the way to put one on or take it off. Absent when there is none and the reader may give none. */
export function CustomerTags({ customerId, mayTag }: { customerId: string; mayTag: boolean }) {
  const t = useText(listsText)
  const toast = useToast()
  const { data } = useContract(listCustomerTags, { params: { customerId } })
  const untag = useAct(untagCustomer, { refresh: ['customers', 'tags', 'reports'], onDone: () => toast(t('untagged', { n: 1 })) })
  const [open, setOpen] = useState(false)
  const tags = data?.items ?? []
  if (tags.length === 0 && !mayTag) return null
  return (
    <span className="yq-row" role="group" aria-label={t('tags')}>
      {tags.map((tag) => (
        <span key={tag.tagId} className="yq-row" style={{ gap: 0 }}>
          <Tooltip title={[t('tagSince', { unit: tag.unitName, name: tag.taggedBy, day: tag.from }), tag.meaning].filter(Boolean).join(' · ')}><span><Tag>{tag.word}</Tag></span></Tooltip>
          {mayTag && <Button size="small" type="text" aria-label={t('untagNamed', { word: tag.word })} onClick={() => untag.mutate({ params: { customerId, tagId: tag.tagId } })}>✕</Button>}
        </span>
      ))}
      {mayTag && <Button size="small" onClick={() => setOpen(true)}>{t('tagIt')}</Button>}
      {open && <TagDrawer selection={{ ids: [customerId] }} onClose={() => setOpen(false)} />}
    </span>
  )
}
