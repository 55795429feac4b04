import { useNavigate, useSearchParams } from 'react-router'
import { Block } from '../../ui/Block.tsx'
import { useAct, RefusalError } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { CheckField, ChoiceField, DayField, RadioField, TextField } from '../../ui/fields.tsx'
import { Form, FormSection } from '../../ui/Form.tsx'
import { Page, PageHeader } from '../../ui/PageHeader.tsx'
import { useSettings } from '../../ui/settings.ts'
import { usePick, useText } from '../../ui/text.ts'
import { useBank } from '../../ui/UiProvider.tsx'
import { useForm } from '../../ui/useForm.ts'
import { newId } from '../../foundation/values/uuid7.ts'
import { createCustomer } from '../customer.contract.ts'
import { checkIdentity, faultText, type IdentityKind } from '../identity-number.rules.ts'
import { sizeClasses } from '../file/file-fields.contract.ts'
import { customersText } from './customers-text.ts'
import { DuplicateNotice } from './duplicates/DuplicateNotice.tsx'

const companyDocuments = ['USCC', 'LEGACY_ORG_CODE', 'OTHER'] as const
const personDocuments = ['RESIDENT_ID', 'HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'FOREIGN_PERMANENT', 'PASSPORT', 'MILITARY', 'OTHER'] as const

/** A prospect is entered: identity first, checked while leaving the field; whoever exists is told by outlet. */
export default function NewCustomer() {
  const t = useText(customersText)
  const pick = usePick()
  const { language } = useSettings()
  const { today } = useBank()
  const navigate = useNavigate()
  const toast = useToast()
  // a lead brings its name along
  const [address] = useSearchParams()
  const create = useAct(createCustomer, { refresh: ['customers'] })
  const form = useForm({
    // made once, kept with the draft: sent again it is the same customer
    initial: {
      id: newId(), kind: 'CORPORATE' as 'CORPORATE' | 'PERSON', documentKind: 'USCC' as IdentityKind, documentNumber: '', expiresOn: null as string | null, name: address.get('name') ?? '', phone: '', legalRepresentative: '', operatingAddress: '',
      size: null as '大' | '中' | '小' | '微' | null, occupation: '', employer: '', source: address.get('source') ?? '', sameNameSeen: false,
    },
    check: (value) => {
      const verdict = checkIdentity(value.documentKind, value.documentNumber, today)
      const [fault] = verdict.ok ? [] : verdict.faults
      return { documentNumber: fault && faultText(fault)[language], name: [...value.name.trim()].length < 2 ? t('needed') : undefined }
    },
    send: async ({ id, kind, documentKind, documentNumber, expiresOn, name, phone, source, sameNameSeen, ...more }) => {
      const text = (value: string): string | null => (value.trim() === '' ? null : value)
      try {
        const { customerId } = await create.mutateAsync({
          body: {
            id, kind, name, identity: { kind: documentKind, number: documentNumber, expiresOn }, phone: text(phone), source: text(source), sameNameSeen,
            ...(kind === 'CORPORATE' ? { corporate: { legalRepresentative: text(more.legalRepresentative), operatingAddress: text(more.operatingAddress), sizeClass: more.size } } : { person: { occupation: text(more.occupation), employer: text(more.employer) } }),
          },
        })
        toast(t('created'))
        void navigate(`/customers/${customerId}`)
      } catch (error) {
        throw error instanceof RefusalError && error.field !== null ? inForm(error) : error
      }
    },
    draft: 'new-customer',
  })
  const { kind, documentKind } = form.values
  const company = kind === 'CORPORATE'
  // a name of two or three characters, half typed, would find half the bank
  const { name: typed, documentNumber, phone, legalRepresentative, operatingAddress } = form.values
  const number = checkIdentity(documentKind, documentNumber, today).ok ? documentNumber : ''
  const text = (value: string): string | null => (value.trim() === '' ? null : value)
  const asked = [...typed.trim()].length < (company ? 4 : 2) || (!company && number === '' && phone.trim().length < 7) ? null : {
    kind, name: typed, identity: number === '' ? null : { kind: documentKind, number }, phone: /^\+?[\d -]{7,25}$/.test(phone) ? phone : null, legalRepresentative: company ? text(legalRepresentative) : null, address: company ? text(operatingAddress) : null,
  }
  const choose = (chosen: 'CORPORATE' | 'PERSON'): void => form.setAll({ kind: chosen, documentKind: chosen === 'CORPORATE' ? 'USCC' : 'RESIDENT_ID' })

  return (
    <Page>
      <PageHeader title={t('newCustomer')} crumbs={[{ title: t('title'), to: '/customers' }]} />
      <Block title={t('newCustomer')}>
        <Form form={form} submit={t('save')} onCancel={() => void navigate('/customers')} drafts>
          <FormSection id="identity" title={t('sectionIdentity')}>
            <RadioField
              form={{ ...form, set: (name, value) => (name === 'kind' ? choose(value as 'CORPORATE' | 'PERSON') : form.set(name, value)) }} name="kind" label={t('kind')} required
              options={[{ value: 'CORPORATE', label: t('CORPORATE') }, { value: 'PERSON', label: t('PERSON') }]}
            />
            <ChoiceField form={form} name="documentKind" label={t('documentKind')} required options={(company ? companyDocuments : personDocuments).map((code) => ({ value: code, label: t(code) }))} />
            <TextField form={form} name="documentNumber" label={t('documentNumber')} required max={60} hint={documentKind === 'USCC' ? t('usccHint') : t('asInPapers')} />
            <TextField form={form} name="name" label={t('name')} required max={120} hint={t('asInPapers')} />
            {!company && <DayField form={form} name="expiresOn" label={t('expiresOn')} />}
            <DuplicateNotice asked={asked} />
          </FormSection>
          <FormSection id="more" title={t('sectionMore')}>
            <TextField form={form} name="phone" label={t('phone')} max={25} inputMode="tel" />
            {company ? (
              <>
                <TextField form={form} name="legalRepresentative" label={t('legalRepresentative')} max={60} />
                <TextField form={form} name="operatingAddress" label={t('operatingAddress')} max={200} />
                <RadioField form={form} name="size" label={t('size')} options={sizeClasses.map((one) => ({ value: one.code, label: pick(one) }))} />
              </>
            ) : (
              <>
                <TextField form={form} name="occupation" label={t('occupation')} max={60} />
                <TextField form={form} name="employer" label={t('employer')} max={100} />
              </>
            )}
            <TextField form={form} name="source" label={t('source')} max={60} />
            {form.refusal?.name === 'same-name' || form.errors.sameNameSeen !== undefined || form.values.sameNameSeen ? <CheckField form={form} name="sameNameSeen" label={t('sameNameSeen')} hint={form.errors.sameNameSeen} /> : null}
          </FormSection>
        </Form>
      </Block>
    </Page>
  )
}

const fieldOf: Readonly<Record<string, string>> = { 'identity.number': 'documentNumber', 'identity.kind': 'documentKind' }

// the server names the fields of the request, the form its own
function inForm(error: RefusalError): RefusalError {
  return new RefusalError({
    refusal: error.name, status: error.status, message: error.message, field: error.field === null ? null : (fieldOf[error.field] ?? error.field),
    fields: error.fields.map(({ field, message }) => ({ field: fieldOf[field] ?? field, message })), details: error.details, requestId: error.requestId,
  })
}
