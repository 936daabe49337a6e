create index system_field_element on collection.system_field (element) where element is not null;
