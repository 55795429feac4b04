import { useSearchParams } from 'react-router'
import { AskCaseForm } from '../../coordination/pages/AskCase.tsx'
import { getCustomer } from '../../customers/customer.contract.ts'
import { useContract } from '../../ui/client.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { findCustomers } from './CalendarPage.tsx'

/** Coordination is asked for: about a customer, when one is named in the address. */
export default function NewCase() {
  const [address] = useSearchParams()
  const customerId = address.get('customer')
  const { data, error } = useContract(getCustomer, { params: { customerId: customerId ?? '' } }, { enabled: customerId !== null })
  if (customerId !== null && !data && !error) return <Skeleton />
  return <AskCaseForm findCustomer={findCustomers} customer={data && customerId !== null ? { value: customerId, label: data.name } : null} />
}
