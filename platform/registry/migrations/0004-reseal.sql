grant update (data) on registry.history to daizong_app;
