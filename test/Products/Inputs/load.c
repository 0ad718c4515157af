/* load.c - A model that is found by name at run time, loaded, used and unloaded
 * again, twice. */

#include "small-test.h"

#include <dlfcn.h>

static void *library;

/* ISO C knows no way from a data pointer to a function's. */
static void load(const char *name, void *function) {
  void *symbol = dlsym(library, name);
  if (!symbol) {
    fprintf(stderr, "%s\n", dlerror());
    exit(1);
  }
  memcpy(function, &symbol, sizeof symbol);
}

static void use(void) {
  vox_status (*create)(const vox_options *, small_model **);
  const vox_description *(*describe)(void);
  vox_status (*run)(small_model *, const vox_tensor *, const vox_tensor *,
                    void *);
  const char *(*last_error)(const small_model *);
  void (*destroy)(small_model *);
  load("small_create", &create);
  load("small_describe", &describe);
  load("small_run", &run);
  load("small_last_error", &last_error);
  load("small_destroy", &destroy);
  EXPECT(describe()->abi_version == VOX_MODEL_ABI);

  small_model *model;
  vox_options options = VOX_OPTIONS_INIT;
  options.threads = 2;
  EXPECT(create(&options, &model) == VOX_OK);
  small_tensors t;
  prepare(&t);
  EXPECT(run(model, t.inputs, t.outputs, NULL) == VOX_OK);
  EXPECT(strcmp(last_error(model), "") == 0);
  check(&t);
  destroy(model);
}

int main(int count, char **arguments) {
  EXPECT(count == 2);
  for (int i = 0; i < 2; ++i) {
    library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
    if (!library) {
      fprintf(stderr, "%s\n", dlerror());
      return 1;
    }
    use();
    EXPECT(dlclose(library) == 0);
  }
  puts("loaded twice");
  return 0;
}
