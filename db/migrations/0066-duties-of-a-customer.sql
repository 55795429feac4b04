-- What is owed about a customer is looked up by him: his page, a merge, a hand-over. Without these a hand-over of 20,000 customers read 20,000 duties for each of them.
CREATE INDEX duty_instance_customer ON duty_instance (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX assigned_task_customer ON assigned_task (customer_id) WHERE customer_id IS NOT NULL;
