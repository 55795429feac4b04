import { useState } from 'react'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useAct, useContract } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { DateText } from '../../ui/DateText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { TextField } from '../../ui/fields.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Tag } from '../../ui/Tag.tsx'
import { mark, usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useListState } from '../../ui/useListState.ts'
import { decideReview, listReviews, type Review } from '../form.contract.ts'
import { formsText } from './forms-text.ts'

type Decision = 'RELEASED' | 'REFUSED'

/** Columns of forms that a ledger seems to hold: who answers for the figure releases them or not, with the reason; who asked sees where they stand. */
export function Reviews() {
  const t = useText(formsText)
  const pick = usePick()
  const list = useListState(['over'])
  const { cursor, over } = list.query
  const source = useContract(listReviews, { query: { ...(over === 'true' ? { over: 'true' } : {}), ...(cursor === undefined ? {} : { cursor }) } })
  const [asked, setAsked] = useState<{ review: Review; decision: Decision } | null>(null)
  return (
    <>
      <DataTable<Review>
        label={t('reviews')} list={list} source={source} rowKey={(row) => row.id} measure="栏" measureEn="{n|column|columns}" empty={<EmptyState title={t('noReviews')} hint={t('reviewsHint')} />}
        bar={<FilterBar list={list} filters={[{ name: 'over', label: t('show'), options: [{ value: 'true', label: t('over') }] }]} />}
        columns={[
          { key: 'column', title: t('column'), show: (row) => <><span className="yq-name">{row.label}</span><div className="yq-small yq-quiet">{row.formTitle} <span className="yq-num">{row.formNumber}</span></div></> },
          { key: 'state', title: t('state'), card: 'tag', show: (row) => <Tag tone={row.decision === 'RELEASED' ? 'success' : row.decision === 'REFUSED' ? 'error' : 'warning'}>{t(row.decision ?? 'WAITS')}</Tag> },
          { key: 'figure', title: t('figure'), show: (row) => <>{pick(row.figure)}<div className="yq-small yq-quiet">{t('seeWhere', { where: pick(row.where) })}</div></> },
          { key: 'why', title: t('why'), show: (row) => row.why },
          { key: 'asked', title: t('askedBy'), show: (row) => <>{row.askedBy.name} <span className="yq-small yq-quiet"><DateText date={row.askedOn} /></span></> },
          { key: 'owner', title: t('owner'), show: (row) => <>{row.owner ?? t('noOwner')}<div className="yq-small yq-quiet">{row.decidedBy === null ? row.reviewers.map(({ name }) => name).join(mark('、')) : `${row.decidedBy}${mark('：')}${row.reason ?? ''}`}</div></> },
          { key: 'act', title: '', show: (row) => row.decision === null && (
            <span className="yq-row" style={{ flexWrap: 'nowrap' }}>
              <ActionButton size="small" type="primary" aria-label={t('releaseOf', { label: row.label })} may={row.may['decide']} refusals={decideReview.refusals} onClick={() => setAsked({ review: row, decision: 'RELEASED' })}>{t('release')}</ActionButton>
              <ActionButton size="small" aria-label={t('refuseOf', { label: row.label })} may={row.may['decide']} refusals={decideReview.refusals} onClick={() => setAsked({ review: row, decision: 'REFUSED' })}>{t('refuse')}</ActionButton>
            </span>
          ) },
        ]}
      />
      {asked && <DecideDrawer {...asked} onClose={() => setAsked(null)} />}
    </>
  )
}

function DecideDrawer({ review, decision, onClose }: { review: Review; decision: Decision; onClose: () => void }) {
  const t = useText(formsText)
  const toast = useToast()
  const act = useAct(decideReview, { refresh: ['forms', 'reports'] })
  const title = decision === 'RELEASED' ? t('releaseOf', { label: review.label }) : t('refuseOf', { label: review.label })
  const form = useForm({
    initial: { reason: '' }, check: ({ reason }) => (reason.trim().length < 2 ? { reason: t('required') } : {}),
    send: async ({ reason }) => { await act.mutateAsync({ params: { reviewId: review.id }, body: { decision, reason } }); toast(decision === 'RELEASED' ? t('releasedToast') : t('refusedToast')) },
  })
  return <FormDrawer title={title} open onClose={onClose} form={form} submit={decision === 'RELEASED' ? t('release') : t('refuse')}><TextField form={form} name="reason" label={t('reason')} required max={200} /></FormDrawer>
}
