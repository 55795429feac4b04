import { useState } from 'react'
import { newId } from '../../foundation/values/uuid7.ts'
import { addDays } from '../../foundation/values/business-date.ts'
import { call, useRefresh } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { AreaField, ChoiceField, DayField, MoneyField, RadioField, TextField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { Note } from '../../ui/Note.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { recordContact } from '../../visits/contact.contract.ts'
import { answerAlert, reasonCodes, silenceAlert, type AlertKind } from '../../watch/alert.contract.ts'
import { watchText } from '../../watch/pages/watch-text.ts'

/** What the drawers need to know of an alert. */
export type AlertRef = { id: string; customerId: string; customerName: string; kind: AlertKind; reason: { zh: string; en: string } | null }
const purposes: Partial<Record<AlertKind, 'MATURITY' | 'PRODUCT'>> = { MATURITY: 'MATURITY', GAP: 'PRODUCT', LEAKAGE: 'PRODUCT' }
const families = ['watch', 'contact', 'coverage', 'contact-plan', 'reports']
const bringsMoney: readonly AlertKind[] = ['GAP', 'LEAKAGE', 'MATURITY']
// of the movement, W2; of leaving and lacking what fits them
const reasonsFor = (kind: AlertKind): readonly (typeof reasonCodes)[number][] => (kind === 'GAP' ? ['HAS_ELSEWHERE', 'NO_NEED', 'PRICE', 'SERVICE', 'UNKNOWN']
  : kind === 'MOVEMENT_IN' || kind === 'MOVEMENT_OUT' ? ['PAYROLL', 'TAX', 'PURCHASE', 'INVESTMENT', 'OTHER_BANK', 'LOAN_REPAYMENT', 'SEASONAL', 'UNKNOWN'] : reasonCodes)

/** Call now: the contact is recorded, the reason given, and the alert stays or is closed with a judgement. Sent twice it is done once: the contact keeps its id. */
export function AnswerAlert({ alert, onClose }: { alert: AlertRef; onClose: () => void }) {
  const t = useText(watchText)
  const pick = usePick()
  const toast = useToast()
  const refresh = useRefresh()
  const { today } = useBank()
  const [contactId] = useState(newId)
  const form = useForm({
    initial: { how: null as 'PHONE' | 'VISIT' | 'WECHAT' | 'NO_ANSWER' | 'NONE' | null, said: '', why: null as string | null, outcome: null as 'STAY' | 'JUSTIFIED' | 'FALSE_ALARM' | null, won: null as string | null },
    check: (told) => ({
      how: told.how === null ? t('needHow') : undefined, said: told.how !== null && told.how !== 'NONE' && told.said.trim().length < 2 ? t('needSaid') : undefined, why: told.why === null ? t('needWhy') : undefined,
      outcome: told.outcome === null ? t('needOutcome') : undefined,
    }),
    send: async (told) => {
      const contacted = told.how !== null && told.how !== 'NONE'
      if (contacted && told.how !== null) {
        await call(recordContact, { params: { customerId: alert.customerId }, body: { id: contactId, mode: told.how as 'PHONE', purpose: purposes[alert.kind] ?? 'ROUTINE', businessDate: today, replied: told.how === 'WECHAT', summary: told.said.trim() } })
      }
      await call(answerAlert, {
        params: { customerId: alert.customerId, alertId: alert.id },
        body: {
          reasonCode: told.why as 'UNKNOWN', note: told.said.trim() === '' ? null : told.said.trim().slice(0, 300), contactId: contacted && told.how !== 'NO_ANSWER' ? contactId : null, done: told.outcome !== 'STAY',
          judged: told.outcome === 'JUSTIFIED' || told.outcome === 'FALSE_ALARM' ? told.outcome : null, wonFen: told.won,
        },
      })
      for (const family of families) refresh(family)
    },
  })
  return (
    <FormDrawer title={`${t('answerTitle')} · ${alert.customerName}`} open onClose={onClose} form={form} submit={t('save')} onDone={() => toast(t('saved'))}>
      {alert.reason && <Note>{pick(alert.reason)}</Note>}
      <RadioField form={form} name="how" label={t('how')} required options={(['PHONE', 'VISIT', 'WECHAT', 'NO_ANSWER', 'NONE'] as const).map((value) => ({ value, label: t(value) }))} />
      <AreaField form={form} name="said" label={form.values.how === 'NONE' ? t('note') : t('said')} required={form.values.how !== 'NONE'} max={300} {...(form.values.how === 'NONE' ? {} : { hint: t('saidHint') })} />
      <ChoiceField form={form} name="why" label={t('why')} required options={reasonsFor(alert.kind).map((value) => ({ value, label: t(value) }))} />
      {bringsMoney.includes(alert.kind) && <MoneyField form={form} name="won" label={t('won')} hint={t('wonHint')} />}
      <RadioField form={form} name="outcome" label={t('outcome')} required options={[{ value: 'STAY', label: t('stay') }, { value: 'JUSTIFIED', label: t('doneJustified') }, { value: 'FALSE_ALARM', label: t('doneFalse') }]} />
    </FormDrawer>
  )
}

/** Silent with a reason until a day; then it is there again. */
export function SilenceAlert({ alert, onClose }: { alert: AlertRef; onClose: () => void }) {
  const t = useText(watchText)
  const pick = usePick()
  const toast = useToast()
  const refresh = useRefresh()
  const { today } = useBank()
  const form = useForm({
    initial: { until: addDays(today, 7) as string | null, reason: '' },
    check: (told) => ({ until: told.until === null ? t('needUntil') : undefined, reason: told.reason.trim().length < 2 ? t('needReason') : undefined }),
    send: async (told) => {
      await call(silenceAlert, { params: { customerId: alert.customerId, alertId: alert.id }, body: { until: told.until ?? today, reason: told.reason.trim() } })
      refresh('watch')
    },
  })
  return (
    <FormDrawer title={`${t('silenceTitle')} · ${alert.customerName}`} open onClose={onClose} form={form} submit={t('silence')} onDone={() => toast(t('silenced', { day: form.values.until ?? '' }))}>
      {alert.reason && <Note>{pick(alert.reason)}</Note>}
      <DayField form={form} name="until" label={t('until')} required hint={t('untilHint')} from={addDays(today, 1)} to={addDays(today, 90)} />
      <TextField form={form} name="reason" label={t('silenceWhy')} required max={200} />
    </FormDrawer>
  )
}

/** The two drawers of a list of alerts: `open('answer', alert)`. */
export function useAlertDrawers(): { open: (what: 'answer' | 'silence', alert: AlertRef) => void; drawers: React.ReactNode } {
  const [shown, setShown] = useState<{ what: 'answer' | 'silence'; alert: AlertRef } | null>(null)
  const close = (): void => setShown(null)
  return {
    open: (what, alert) => setShown({ what, alert }),
    drawers: shown === null ? null : shown.what === 'answer' ? <AnswerAlert key={shown.alert.id} alert={shown.alert} onClose={close} /> : <SilenceAlert key={shown.alert.id} alert={shown.alert} onClose={close} />,
  }
}
