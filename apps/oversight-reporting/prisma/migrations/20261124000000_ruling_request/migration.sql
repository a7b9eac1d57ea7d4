-- A confirmation is of the request that its ruling is about: one that named another would let a request be ruled on twice.
ALTER TABLE ruling ADD CONSTRAINT ruling_of_request UNIQUE (id, request_id);
ALTER TABLE ruling_confirmation ADD CONSTRAINT ruling_confirmation_of_request
  FOREIGN KEY (ruling_id, request_id) REFERENCES ruling (id, request_id);
