import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { newId } from '../../../foundation/values/uuid7.ts'
import { useAct, useContract } from '../../../ui/client.ts'
import { useToast } from '../../../ui/Confirm.tsx'
import { AreaField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/Form.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Page, PageHeader } from '../../../ui/PageHeader.tsx'
import { usePick, useText } from '../../../ui/text.ts'
import { useForm } from '../../../ui/useForm.ts'
import { getMyStatement } from '../../statement.contract.ts'
import { lineName } from '../../statement/tell-statement.rules.ts'
import { appealRefusals, checkAppeal, openAppeal } from '../../appeal/appeal.contract.ts'
import { appealText } from './appeal-text.ts'

/** An appeal against a line of one's own statement: /appeals/new?month=2026-10&scheme=POINTS&place=2. */
export default function OpenAppeal() {
  const t = useText(appealText)
  const pick = usePick()
  const toast = useToast()
  const go = useNavigate()
  const [address] = useSearchParams()
  const [month, place] = [address.get('month') ?? '', Number(address.get('place') ?? '0')]
  const scheme = address.get('scheme')
  const asked = { month, ...(scheme === null ? {} : { scheme }) }
  const [id] = useState(newId)
  const window = useContract(checkAppeal, { query: asked })
  const statement = useContract(getMyStatement, { query: asked })
  const line = statement.data?.statement?.lines.find((one) => one.place === place)
  const send = useAct(openAppeal, { refresh: ['appeals'] })
  const form = useForm({ initial: { claim: '' }, check: ({ claim }) => (claim.trim().length < 10 ? { claim: t('claimHint') } : {}), send: ({ claim }) => send.mutateAsync({ body: { id, ...asked, place, claim } }), draft: `appeal ${month} ${scheme ?? ''} ${place}` })
  const may = window.data?.may
  const reason = may && !may.allowed ? appealRefusals[may.reason as keyof typeof appealRefusals] : undefined
  return (
    <Page>
      <PageHeader title={`${t('open')} ${month} ${line ? lineName({ code: line.correctsCode ?? line.code, detail: line.detail }, pick) : ''}`} crumbs={[{ title: t('appeals'), to: '/appeals' }]} />
      {window.data && may?.allowed && window.data.until !== null && <Note>{t('until', { day: window.data.until, n: window.data.workingDaysLeft ?? 0 })}{pick({ zh: '。', en: '. ' })}{t('answerIn')}</Note>}
      {reason && <Note tone="warning">{pick(reason).replace('{month}', month).replace('{until}', window.data?.until ?? '')}</Note>}
      {may?.allowed && (
        <Form form={form} submit={t('open')} onDone={() => { toast(t('sent')); void go(`/appeals/${id}`) }}>
          <AreaField form={form} name="claim" label={t('claim')} hint={t('claimHint')} required max={1000} rows={6} />
        </Form>
      )}
    </Page>
  )
}
