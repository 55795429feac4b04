import { useAct } from '../../ui/client.ts'
import { useToast } from '../../ui/Confirm.tsx'
import { AreaField } from '../../ui/fields.tsx'
import { FormDrawer } from '../../ui/FormDrawer.tsx'
import { usePick, useText } from '../../ui/text.ts'
import { useForm } from '../../ui/useForm.ts'
import { finishDuty, type InstanceShown } from '../duty.contract.ts'
import { dutiesText } from './duties-text.ts'

/** A person confirms that a duty is done, and says by what. */
export function FinishDuty({ duty, onClose }: { duty: InstanceShown; onClose: () => void }) {
  const t = useText(dutiesText)
  const pick = usePick()
  const toast = useToast()
  const send = useAct(finishDuty, { refresh: ['duties', 'tasks'] })
  const form = useForm({ initial: { evidence: '' }, check: ({ evidence }) => (evidence.trim().length < 2 ? { evidence: t('required') } : {}), send: ({ evidence }) => send.mutateAsync({ params: { instanceId: duty.id }, body: { evidence } }), draft: `duty.${duty.id}` })
  return (
    <FormDrawer title={t('finishTitle', { name: pick({ zh: duty.name, en: duty.nameEn }) })} open onClose={onClose} form={form} submit={t('finish')} onDone={() => toast(t('finished'))}>
      <p className="yq-quiet">{pick({ zh: duty.content, en: duty.contentEn })}</p>
      <AreaField form={form} name="evidence" label={t('evidence')} hint={pick({ zh: duty.evidenceAsked, en: duty.evidenceAskedEn })} required max={500} rows={5} />
    </FormDrawer>
  )
}
