// The questionnaire as a form of rjsf. What it sends is a flat answers document, as cart-screen's API takes it.
import Form from "@rjsf/core";
import { createPrecompiledValidator } from "@rjsf/validator-ajv8";
import { useRef, useState } from "react";
import { createRoot } from "react-dom/client";

import { schema, uiSchema } from "./form.json";
import * as validators from "./validators.cjs";

const validator = createPrecompiledValidator(validators, schema);

// Without these rjsf chooses the first option of every question, as if the person had.
const nothingPreselected = {
  constAsDefaults: "never",
  emptyObjectFields: "skipDefaults",
  mergeDefaultsIntoFormData: "useFormDataIfPresent",
};

// rjsf gives a group of radio buttons no name that a screen reader could say; a fieldset with a legend does.
function Question({ id, label, description, help, errors, children, classNames, hidden, schema }) {
  if (hidden) return null;
  if (schema.type === "object") return <div>{children}</div>;
  const isGroup = schema.oneOf && schema.oneOf.length <= 11;
  const Group = isGroup ? "fieldset" : "div";
  const Name = isGroup ? "legend" : "label";
  return (
    <Group className={`question ${classNames ?? ""}`}>
      <Name className="name" {...(isGroup ? {} : { htmlFor: id })}>
        {label}
      </Name>
      {description}
      {children}
      {errors}
      {help}
    </Group>
  );
}

function Radio({ id, options, value, onChange }) {
  return options.enumOptions.map((option, number) => (
    <label className="option" key={number}>
      <input
        type="radio"
        name={id}
        id={`${id}-${number}`}
        checked={value === option.value}
        onChange={() => onChange(option.value)}
      />
      {option.label}
    </label>
  ));
}

function Page() {
  const [answers, setAnswers] = useState({});
  const [said, setSaid] = useState(null);
  const result = useRef(null);

  async function send({ formData }) {
    const response = await fetch("/v1/screen", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ answers: formData ?? {} }),
    });
    setSaid(await response.json());
    result.current.focus();
  }

  return (
    <main>
      <Form
        schema={schema}
        uiSchema={uiSchema}
        validator={validator}
        formData={answers}
        onChange={({ formData }) => setAnswers(formData)}
        onSubmit={send}
        // The errors stand at their questions; without this rjsf also logs them, and with them the answers.
        onError={() => {}}
        experimental_defaultFormStateBehavior={nothingPreselected}
        // An answer to a question that is no longer shown is not sent.
        omitExtraData="on"
        liveOmit="onChange"
        focusOnFirstError
        noHtml5Validate
        templates={{ FieldTemplate: Question }}
        widgets={{ RadioWidget: Radio }}
      />
      <section ref={result} tabIndex={-1} aria-live="polite" id="result">
        {said && (
          <>
            <h2>{said.guidance?.headline ?? said.detail}</h2>
            {(said.guidance?.says ?? []).map((text) => (
              <p key={text}>{text}</p>
            ))}
          </>
        )}
      </section>
    </main>
  );
}

createRoot(document.getElementById("form")).render(<Page />);
