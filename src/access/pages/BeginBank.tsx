import { useQueryClient } from '@tanstack/react-query'
import dayjs from 'dayjs'
import { useEffect, useState } from 'react'
import { Navigate, useNavigate } from 'react-router'
import { newId } from '../../foundation/values/uuid7.ts'
import { call, RefusalError, useContract } from '../../ui/client.ts'
import { ChoiceField, DayField, RadioField, TextField } from '../../ui/fields.tsx'
import { Form, FormSection } from '../../ui/Form.tsx'
import { useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { administratorNumberPattern, bankCalendars, bankCodePattern, bankCurrencies, beginBank } from '../first-administrator.contract.ts'
import { isStrongPassword } from '../password.rules.ts'
import { signIn } from '../session.contract.ts'
import { getStart } from '../start.contract.ts'
import { beginBankText } from './begin-bank-text.ts'
import { DoorFrame } from './DoorFrame.tsx'

/** Before there is a bank: whoever has the code from the server's window names the bank and its administrator, and is signed in. Nothing of it is kept on the device. */
export default function BeginBank() {
  const t = useText(beginBankText)
  const navigate = useNavigate()
  const queries = useQueryClient()
  const start = useContract(getStart, {}, { stay: true })
  const [id] = useState(newId)
  const form = useForm({
    initial: {
      code: '', bankCode: '', nameZh: '', nameEn: '', currency: 'CNY' as (typeof bankCurrencies)[number], calendar: 'china' as (typeof bankCalendars)[number],
      businessDate: dayjs().format('YYYY-MM-DD'), administratorName: '', staffNo: '', password: '', again: '',
    },
    check: (value) => {
      const needed = (text: string | null): string | undefined => (text !== null && text.trim() !== '' ? undefined : t('needed'))
      return {
        code: needed(value.code), nameZh: needed(value.nameZh), nameEn: needed(value.nameEn),
        bankCode: needed(value.bankCode) ?? (bankCodePattern.test(value.bankCode) ? undefined : t('wrongBankCode')),
        businessDate: needed(value.businessDate), administratorName: needed(value.administratorName),
        staffNo: needed(value.staffNo) ?? (administratorNumberPattern.test(value.staffNo) ? undefined : t('wrongStaffNo')),
        password: needed(value.password) ?? (isStrongPassword(value.password, value.staffNo || '\0') ? undefined : t('weak')),
        again: needed(value.again) ?? (value.again === value.password ? undefined : t('notSame')),
      }
    },
    send: async ({ again: _again, ...body }) => {
      await call(beginBank, { body: { id, ...body } }, { stay: true })
      // the bank stands: whatever happens to signing in, the way on is the door
      const signedIn = await call(signIn, { body: { staffNo: body.staffNo, password: body.password } }, { stay: true }).then(() => true, (error: unknown) => {
        if (error instanceof RefusalError) return false
        throw error
      })
      queries.clear()
      void navigate(signedIn ? '/set-up' : '/sign-in', { replace: true })
    },
  })
  useEffect(() => {
    document.title = `${t('title')} · ${t('product')}`
  }, [t])
  if (start.data?.ready && !form.sending) return <Navigate to="/sign-in" replace />
  return (
    <DoorFrame bankName="" wide>
      <div className="yq-door-form">
        <h1>{t('title')}</h1>
        <p>{t('hint')}</p>
        <Form form={form} submit={t('begin')}>
          <FormSection id="begin-code" title={t('codeSection')}>
            <TextField form={form} name="code" label={t('code')} required hint={t('codeHint')} max={60} />
          </FormSection>
          <FormSection id="begin-bank" title={t('bankSection')}>
            <TextField form={form} name="nameZh" label={t('nameZh')} required max={60} />
            <TextField form={form} name="nameEn" label={t('nameEn')} required max={80} />
            <TextField form={form} name="bankCode" label={t('bankCode')} required hint={t('bankCodeHint')} max={30} />
            <ChoiceField form={form} name="currency" label={t('currency')} required options={bankCurrencies.map((value) => ({ value, label: t(value) }))} />
            <RadioField form={form} name="calendar" label={t('calendar')} required options={bankCalendars.map((value) => ({ value, label: t(value) }))} />
            <DayField form={form} name="businessDate" label={t('businessDate')} required hint={t('businessDateHint')} />
          </FormSection>
          <FormSection id="begin-administrator" title={t('administratorSection')}>
            <TextField form={form} name="administratorName" label={t('administratorName')} required max={40} autoComplete="name" />
            <TextField form={form} name="staffNo" label={t('staffNo')} required max={20} autoComplete="username" />
            <TextField form={form} name="password" label={t('password')} required secret hint={t('passwordHint')} max={200} autoComplete="new-password" />
            <TextField form={form} name="again" label={t('again')} required secret max={200} autoComplete="new-password" />
          </FormSection>
        </Form>
        <p className="yq-quiet yq-small">{t('other')}<code>npx yinqiao feed load DIR --profile NAME</code></p>
      </div>
    </DoorFrame>
  )
}
