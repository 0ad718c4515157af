# What every library and program of Voxc has in common.

# The one place that names MLIR and LLVM: their two shared libraries. The
# MLIRxxx targets are static archives and would be linked beside them.
add_library(vox_llvm INTERFACE)
target_include_directories(vox_llvm SYSTEM INTERFACE ${MLIR_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
target_link_libraries(vox_llvm INTERFACE MLIR LLVM)

# Our own code: warnings are errors, no exceptions unless a folder asks.
add_library(vox_options INTERFACE)
target_compile_options(vox_options INTERFACE
  -Wall -Wextra -Wno-unused-parameter -Werror
  $<$<COMPILE_LANGUAGE:CXX>:-Wno-deprecated-declarations>)
if(VOXC_SANITIZE)
  target_compile_options(vox_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_link_options(vox_options INTERFACE -fsanitize=address,undefined)
endif()
if(VOXC_COVERAGE)
  target_compile_options(vox_options INTERFACE -fprofile-instr-generate -fcoverage-mapping)
  target_link_options(vox_options INTERFACE -fprofile-instr-generate)
endif()
if(VOXC_FUZZ)
  target_compile_options(vox_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# vox_add_library(NAME sources... [LINK libraries...] [EXCEPTIONS])
function(vox_add_library name)
  cmake_parse_arguments(ARG "EXCEPTIONS" "" "LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  add_dependencies(${name} VoxDialectIncGen VoxPassesIncGen)
  if(NOT ARG_EXCEPTIONS)
    target_compile_options(${name} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions>)
  endif()
  target_link_libraries(${name} PRIVATE vox_options PUBLIC vox_llvm ${ARG_LINK})
endfunction()

# vox_add_tool(NAME sources... [LINK libraries...])
function(vox_add_tool name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  if(VOXC_SANITIZE)
    target_sources(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tools/cmake/SanitizerOptions.c)
  endif()
  add_dependencies(${name} VoxDialectIncGen VoxPassesIncGen)
  target_compile_options(${name} PRIVATE -fno-exceptions)
  target_link_libraries(${name} PRIVATE vox_options vox_llvm ${ARG_LINK})
  # In a wheel the libraries lie beside the programs, and libraries find theirs
  # by the programs' path only if it is of the old kind.
  target_link_options(${name} PRIVATE -Wl,--disable-new-dtags)
  set_target_properties(${name} PROPERTIES INSTALL_RPATH "$ORIGIN/../lib")
endfunction()
