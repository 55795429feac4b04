export const dueContacts = () => 1
