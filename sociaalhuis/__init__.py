import gc

# Models, forms and admin are made once and stay: looking for garbage among them took a tenth of every start.
gc.set_threshold(50_000)
